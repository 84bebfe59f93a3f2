import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { Config } from '@app/config';
import { Database } from '@app/database';
import { WebhookMessagesService } from '@app/webhooks';
import { CircuitBreakersService } from '@app/weixin-api';
import { authMetrics } from './auth-metrics.js';
import { databaseMetrics } from './database-metrics.js';
import { httpMetrics } from './http-metrics.js';
import { metricsListener } from './metrics-listener.js';
import { processMetrics } from './process-metrics.js';
import { webhookMetrics } from './webhook-metrics.js';
import { weixinMetrics } from './weixin-metrics.js';

/**
 * Collects the metrics of the service and serves them at `/metrics` in Prometheus' text format. The port is `METRICS_PORT`;
 * without it, outside production, the port of the service. Otherwise this file is not loaded and nothing is collected.
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
    ...webhookMetrics(registry, () => app.get(WebhookMessagesService, { strict: false }).oldestPendingMs()),
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
