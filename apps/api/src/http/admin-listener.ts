import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Config } from '@app/config';

/**
 * Lets the admin server listen before the service does. It stops together with the public server.
 * A port that cannot be had stops the start.
 */
export function listenForAdmins(fastify: FastifyInstance, server: Server, config: Config): void {
  const { ADMIN_HOST: host, ADMIN_PORT: port } = config;
  let closed: Promise<unknown> | undefined;
  fastify.addHook('onReady', async () => {
    server.listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new Error(`ADMIN_PORT cannot be used: ${(error as Error).message}`, { cause: error });
    }
    const { port: taken } = server.address() as AddressInfo;
    new Logger('admin').log(`admin listener on http://${host.includes(':') ? `[${host}]` : host}:${taken}`);
  });
  fastify.addHook('preClose', (done) => {
    if (server.listening) {
      closed = once(server, 'close');
      server.close();
    }
    done();
  });
  fastify.addHook('onClose', async () => {
    await closed;
  });
}
