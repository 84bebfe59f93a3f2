import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';

/**
 * Serves `GET /metrics` and nothing else on a port of its own, from before the service listens until after it has stopped.
 * A port that cannot be had stops the start.
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
          reject(new Error(`METRICS_PORT is of no use: ${error.message}`, { cause: error }));
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
