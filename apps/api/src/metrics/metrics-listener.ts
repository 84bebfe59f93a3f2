import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';

/**
 * Serves only `GET /metrics` on a separate port. It starts before the service listens and ends after the service has stopped.
 * If the port cannot be opened, the start fails.
 */
export function metricsListener(
  fastify: FastifyInstance,
  host: string,
  port: number,
  text: () => Promise<string>,
): void {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    text().then(
      (body) => response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  fastify.addHook(
    'onReady',
    () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', (error) => {
          reject(new Error(`METRICS_PORT cannot be opened: ${error.message}`, { cause: error }));
        });
        server.listen(port, host, () => {
          const { port: taken } = server.address() as AddressInfo;
          new Logger('metrics').log(`metrics on http://${host}:${taken}/metrics`);
          resolve();
        });
      }),
  );
  fastify.addHook('onClose', (_, done) => {
    server.close();
    server.closeAllConnections();
    done();
  });
}
