import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { membersOf, type ProblemCode, PROBLEMS } from '@app/problem';
import { Config } from '@app/config';

const describe = (sandboxUrl = '') =>
  `Login for WeChat mini-programs. ${
    sandboxUrl &&
    `Try it without a phone:

1. Get a code from the sandbox: \`curl -X POST ${sandboxUrl}/sandbox/codes\`.
2. Send it with **POST /api/weixin/login/** and copy \`access\` from the answer.
3. Press **Authorize**, paste it, and call **GET /api/weixin/data/**.

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
    .addTag('tokens', 'For other back ends that verify access tokens')
    .addTag('operations', 'For balancers and orchestrators')
    .build();
  const document = SwaggerModule.createDocument(app, builder, { operationIdFactory: (_, method) => method });
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
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
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
