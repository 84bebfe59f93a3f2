import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { membersOf, type ProblemCode, PROBLEMS } from '@app/problem';
import { Config } from '@app/config';
import { fillExamples, rememberAnswer } from './swagger-page.js';

const describe = (sandboxUrl = '') =>
  `Login for WeChat mini-programs. ${
    sandboxUrl &&
    `Try it without a phone: execute **POST /api/weixin/login** as it is, then the other routes from top to bottom.
This page fills in what the answers gave: the tokens, the id of the session, and the ETag of the document.
Codes for other users come from the sandbox: \`curl -X POST ${sandboxUrl}/sandbox/codes\`.

`
  }Every error is \`application/problem+json\` (RFC 9457); decide by its \`code\`. A slash at the end of a path is optional.`;

/** The OpenAPI document of the service, made from its controllers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('weapp-passport')
    .setDescription(describe(app.get(Config).sandboxUrl))
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: '`access` of a login',
    })
    .addTag('login', 'A code of wx.login() in, tokens out')
    .addTag('data', 'What a logged-in user keeps')
    .addTag('account', 'The user’s own profile')
    .addTag('open data', 'What WeChat encrypts for the mini-program')
    .addTag('tokens', 'Renew tokens; verify access tokens in other back ends')
    .addTag('sessions', 'The devices of a user, and logging out')
    .addTag('operations', 'For balancers and orchestrators')
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (_, method) => method,
    autoTagControllers: false,
  });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM },
  };
  return document;
}

/** Serves Swagger UI at `/docs` and the document at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    customSiteTitle: 'weapp-passport',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      responseInterceptor: rememberAnswer,
      requestInterceptor: fillExamples,
    },
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
    instance: { type: 'string', description: 'Names this occurrence in the log' },
    errors: { type: 'array', items: { type: 'string' }, description: 'With `validation_failed`' },
    weixin_errcode: { type: 'integer', description: 'What WeChat said' },
    weixin_rid: { type: 'string', description: 'What WeChat’s support asks for' },
    ...membersByCode(),
  },
};

/** The members that only problems of one code have. */
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
