import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SandboxState } from '../state.js';
import type { WeixinCall, WeixinEndpoint } from './endpoint.js';
import { WEIXIN_ENDPOINTS } from './endpoints.js';
import { type Errcode, refusal } from './errcodes.js';

/** Serves WEIXIN_ENDPOINTS the way WeChat does: status 200 and `text/plain` whatever happened, unless a fault is set. */
export function weixinRoutes(state: SandboxState) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    // WeChat looks at no content type, so none is refused here.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    for (const endpoint of WEIXIN_ENDPOINTS) serve(app, state, endpoint);
    done();
  };
}

function serve(app: FastifyInstance, state: SandboxState, endpoint: WeixinEndpoint): void {
  const { path, family } = endpoint;
  app.all(path, (request, reply) => {
    state.countCall(path);
    const answer = () => {
      const given =
        request.method === endpoint.method ? endpoint.answer(state, callOf(request)) : wrongMethod(endpoint);
      return JSON.stringify(typeof given === 'number' ? refusal(given, family) : given);
    };
    const effect = state.faults.take(path);
    if (effect) effect({ reply, answer, family });
    else void reply.header('content-type', 'text/plain').send(answer());
  });
}

function callOf(request: FastifyRequest): WeixinCall {
  const values = request.query as Record<string, string | string[] | undefined>;
  return {
    query(name) {
      const value = values[name];
      return (Array.isArray(value) ? value[0] : value) ?? '';
    },
  };
}

function wrongMethod({ method }: WeixinEndpoint): Errcode {
  return method === 'GET' ? 43001 : 43002;
}
