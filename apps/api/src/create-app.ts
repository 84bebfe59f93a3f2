import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { EarlyRefusal } from '@app/auth';
import type { Config } from '@app/config';
import { AppModule } from './app.module.js';
import { fastifyOptions } from './http/fastify-options.js';
import { escapeLineEndsInAnswers } from './http/json-answers.js';
import { acceptJsonObjects } from './http/json-body.js';
import { addRequestHooks, readBodyLimits } from './http/request-hooks.js';
import { refuseBeforeBody } from './http/refuse-before-body.js';
import { RequestsInTurn } from './http/requests-in-turn.js';
import { serveFrontPage } from './http/front-page.js';
import { refuseUnknownRoutes } from './http/unknown-routes.js';
import { createLogger } from './logging/create-logger.js';
import { PinoLogger } from './logging/pino-logger.service.js';
import { serveDocs } from './openapi.js';
import { closeConnectionsOnShutdown } from './shutdown/close-connections.js';
import { Shutdown } from './shutdown/shutdown.service.js';

/**
 * The service, ready to listen: database open and migrated, signing key loaded.
 * @param logs where the log lines go; standard output by default
 */
export async function createApp(config: Config, logs?: DestinationStream): Promise<NestFastifyApplication> {
  const requests = new RequestsInTurn();
  const logger = createLogger(config, logs);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forConfig(config),
    new FastifyAdapter(fastifyOptions(config, requests)),
    { bodyParser: false, abortOnError: false, logger: new PinoLogger(logger) },
  );
  const fastify = app.getHttpAdapter().getInstance();
  readBodyLimits(fastify);
  refuseBeforeBody(fastify, app.get(EarlyRefusal, { strict: false }));
  acceptJsonObjects(fastify);
  escapeLineEndsInAnswers(fastify);
  closeConnectionsOnShutdown(fastify, app.get(Shutdown, { strict: false }), requests);
  addRequestHooks(fastify, logger);
  refuseUnknownRoutes(fastify);
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { startTracing } = await import('./tracing/start-tracing.js');
    startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, fastify, config);
  }
  if (!config.isProduction || config.METRICS_PORT !== undefined) {
    const { serveMetrics } = await import('./metrics/serve-metrics.js');
    serveMetrics(app);
  }
  if (config.DOCS) serveDocs(app);
  if (!config.isProduction) serveFrontPage(fastify, config);
  for (const warning of config.warnings) logger.warn({ msg: warning });
  await app.init();
  return app;
}
