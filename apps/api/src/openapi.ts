import type { INestApplication } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { membersOf, type ProblemCode, PROBLEMS } from '@app/problem';
import { Config } from '@app/config';
import { OPERATOR_SCHEME, SCOPES, SERVICE_ACCOUNT_SCHEME } from '@app/admin';
import { listenerOfPath, type ListenerName } from './http/listeners.js';
import { ADMIN_INTRODUCTION, INTRODUCTIONS, inLanguageOf, tagsOf } from './introductions.js';
import { partOf } from './openapi-part.js';
import { addLanguageSwitch, fillExamples, rememberAnswer } from './swagger-page.js';

/** Returns the OpenAPI document of the public listener, generated from the controllers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('weapp-passport')
    .setDescription(INTRODUCTIONS.en.describe(app.get(Config).sandboxUrl))
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: '`access` of a login',
    })
    .build();
  return documentOf(app, 'public', { ...builder, tags: tagsOf(INTRODUCTIONS.en) }, (_, method) => method);
}

/** Returns the OpenAPI document of `/api/admin`. `/oauth/*` is not in it: its forms and errors are those of the RFCs. */
export function adminOpenApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('weapp-passport admin API')
    .setDescription(ADMIN_INTRODUCTION)
    .setVersion('1')
    .addOAuth2(
      {
        type: 'oauth2',
        description: 'A service account',
        flows: {
          clientCredentials: {
            tokenUrl: '/oauth/token',
            scopes: Object.fromEntries(SCOPES.map((scope) => [scope, ''])),
          },
        },
      },
      SERVICE_ACCOUNT_SCHEME,
    )
    .addCookieAuth(
      '__Host-operator',
      { type: 'apiKey', in: 'cookie', description: 'An operator who is signed in to the console' },
      OPERATOR_SCHEME,
    )
    .build();
  const idOf = (controller: string, method: string) => `${method}${controller.replace(/Controller$/, '')}`;
  return documentOf(app, 'admin', builder, idOf);
}

function documentOf(
  app: INestApplication,
  listener: ListenerName,
  config: Parameters<typeof SwaggerModule.createDocument>[1],
  operationIdFactory: (controller: string, method: string) => string,
): OpenAPIObject {
  const all = SwaggerModule.createDocument(app, config, { operationIdFactory, autoTagControllers: false });
  const document = partOf(all, (path) => listenerOfPath(path) === listener);
  const schemas = { ...document.components?.schemas, Problem: PROBLEM };
  return { ...document, components: { ...document.components, schemas } };
}

/** Serves Swagger UI at `/docs` and the document at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    customSiteTitle: 'weapp-passport',
    customJsStr: `(${addLanguageSwitch.toString()})();`,
    patchDocumentOnRequest: (request, _reply, document) =>
      inLanguageOf(request as FastifyRequest, document, app.get(Config).sandboxUrl),
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      responseInterceptor: rememberAnswer,
      requestInterceptor: fillExamples,
    },
  });
}

/** Serves Swagger UI at `/api/admin/docs` of the admin listener, and the document at `/api/admin/docs-json`. */
export function serveAdminDocs(app: INestApplication): void {
  SwaggerModule.setup('api/admin/docs', app, () => adminOpenApiDocument(app), {
    jsonDocumentUrl: 'api/admin/docs-json',
    raw: ['json'],
    customSiteTitle: 'weapp-passport admin API',
    swaggerOptions: { displayRequestDuration: true },
  });
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. See docs/errors.md for the cause and the fix of every code.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', example: 'urn:weapp-passport:problem:login_code_used' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'Id of this occurrence in the log' },
    errors: { type: 'array', items: { type: 'string' }, description: 'With `validation_failed`' },
    weixin_errcode: { type: 'integer', description: 'The errcode of WeChat' },
    weixin_rid: { type: 'string', description: 'The id of the call for WeChat’s support' },
    ...membersByCode(),
  },
};

/** Returns the members that only problems of one code have. */
function membersByCode(): Record<string, object> {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  return Object.fromEntries(
    codes.flatMap((code) =>
      Object.entries(membersOf(code)).map(([name, { schema, en }]) => [
        name,
        { ...schema, description: `With \`${code}\`: ${en}` },
      ]),
    ),
  );
}
