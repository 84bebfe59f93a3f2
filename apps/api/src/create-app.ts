import type { ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { AdminPrincipalsService } from '@app/admin';
import { EarlyTokenCheckService, RouteKindsService } from '@app/auth';
import type { Config } from '@app/config';
import { AppModule } from './app.module.js';
import { listenForAdmins } from './http/admin-listener.js';
import { acceptAdminRequests } from './http/admin-requests.js';
import { serveConsole } from './http/console.js';
import { fastifyOptions } from './http/fastify-options.js';
import { escapeLineEndsInAnswers } from './http/json-answers.js';
import { acceptJsonObjects } from './http/json-body.js';
import { acceptForms } from './http/form-body.js';
import { Listeners } from './http/listeners.js';
import { addRequestHooks, readBodyLimits } from './http/request-hooks.js';
import { refuseBeforeBody } from './http/refuse-before-body.js';
import { acceptRawBodies } from './http/raw-body.js';
import { RequestsInTurn } from './http/requests-in-turn.js';
import { serveFrontPage } from './http/front-page.js';
import { refuseUnknownRoutes } from './http/unknown-routes.js';
import { createLogger } from './logging/create-logger.js';
import { PinoLogger } from './logging/pino-logger.service.js';
import { serveAdminDocs, serveDocs } from './openapi.js';
import { closeConnectionsOnShutdown } from './shutdown/close-connections.js';
import { ShutdownService } from './shutdown/shutdown.service.js';

/** Options of {@link createApp}. */
export interface CreateAppOptions {
  /** Additional modules. */
  readonly features?: NonNullable<ModuleMetadata['imports']>;
  /** Receives the log lines; standard output by default. */
  readonly logs?: DestinationStream;
}

/** Creates the service, ready to listen: the database is open and migrated, the signing key is loaded. */
export async function createApp(
  config: Config,
  { features, logs }: CreateAppOptions = {},
): Promise<NestFastifyApplication> {
  const requests = new RequestsInTurn();
  const listeners = new Listeners(config);
  const logger = createLogger(config, logs);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forConfig(config, features),
    new FastifyAdapter(fastifyOptions(config, requests, listeners)),
    { bodyParser: false, abortOnError: false, logger: new PinoLogger(logger) },
  );
  const fastify = app.getHttpAdapter().getInstance();
  listeners.assignRoutes(fastify);
  readBodyLimits(fastify);
  refuseBeforeBody(fastify, app.get(RouteKindsService, { strict: false }), {
    user: (request) => app.get(EarlyTokenCheckService, { strict: false }).check(request),
    admin: (request) => app.get(AdminPrincipalsService, { strict: false }).of(request),
  });
  acceptJsonObjects(fastify);
  acceptForms(fastify);
  acceptRawBodies(fastify);
  escapeLineEndsInAnswers(fastify);
  closeConnectionsOnShutdown(fastify, app.get(ShutdownService, { strict: false }), requests, listeners);
  addRequestHooks(fastify, logger);
  if (listeners.admin !== undefined) {
    acceptAdminRequests(fastify, listeners, config);
    listenForAdmins(fastify, listeners.admin, config);
    serveConsole(fastify);
  }
  refuseUnknownRoutes(fastify, listeners);
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { startTracing } = await import('./tracing/start-tracing.js');
    startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, fastify, listeners, config);
  }
  if (!config.isProduction || config.METRICS_PORT !== undefined) {
    const { serveMetrics } = await import('./metrics/serve-metrics.js');
    serveMetrics(app);
  }
  if (config.DOCS) {
    serveDocs(app);
    serveAdminDocs(app);
  }
  if (!config.isProduction) serveFrontPage(fastify, config);
  for (const warning of config.warnings) logger.warn({ msg: warning });
  await app.init();
  return app;
}
