import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { Config } from '@app/config';
import { Database } from '@app/database';
import { CircuitBreakersService } from '@app/weixin-api';
import { authMetrics } from './auth-metrics.js';
import { databaseMetrics } from './database-metrics.js';
import { httpMetrics } from './http-metrics.js';
import { metricsListener } from './metrics-listener.js';
import { processMetrics } from './process-metrics.js';
import { weixinMetrics } from './weixin-metrics.js';

/**
 * Watches the service and serves what was seen at `/metrics`, in Prometheus' text format: at `METRICS_PORT`, or on the port
 * of the service, but not there in production. Loaded only
 * where somebody can read it: elsewhere nothing is watched.
 */
export function serveMetrics(app: NestFastifyApplication): void {
  const config = app.get(Config);
  const registry = new Registry();
  const fastify = app.getHttpAdapter().getInstance();
  const subscriptions = [
    ...authMetrics(registry),
    ...databaseMetrics(
      registry,
      app.get<DataSource>(getDataSourceToken(), { strict: false }),
      app.get(Database, { strict: false }).clock,
    ),
    ...weixinMetrics(registry, () => app.get(CircuitBreakersService, { strict: false }).report()),
  ];
  httpMetrics(registry, fastify);
  fastify.addHook('onClose', (_, done) => {
    for (const unsubscribe of subscriptions) unsubscribe();
    done();
  });
  const text = async () => (await processMetrics().metrics()) + (await registry.metrics());
  if (config.METRICS_PORT !== undefined) {
    metricsListener(fastify, config.HOST, config.METRICS_PORT, text);
    return;
  }
  fastify.get('/metrics', async (_, reply) => {
    await reply.type(registry.contentType).send(await text());
  });
}
