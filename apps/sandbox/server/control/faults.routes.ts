import type { FastifyInstance } from 'fastify';
import type { SandboxState } from '../state/state.js';
import { readFaults } from './read-faults.js';

/** `PUT /sandbox/faults` replaces the whole list, `DELETE` empties it; both answer `{faults: n}`, as `GET` does. Kinds: FAULT_KINDS. */
export function faultsRoutes(app: FastifyInstance, state: SandboxState): void {
  app.get('/sandbox/faults', (_request, reply) => reply.send({ faults: state.faults.count }));

  app.put('/sandbox/faults', (request, reply) => {
    const faults = readFaults(request.body);
    state.faults.replace(faults);
    return reply.send({ faults: faults.length });
  });

  app.delete('/sandbox/faults', (_request, reply) => {
    state.faults.clear();
    return reply.send({ faults: 0 });
  });
}
