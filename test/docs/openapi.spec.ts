import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../libs/problem/src/index.js';
import { useStack } from '../support/stack.js';

interface Operation {
  summary?: string;
  requestBody?: { content: Record<string, { schema: { $ref?: string; example?: unknown } }> };
  responses: Record<
    string,
    { content?: Record<string, { examples?: Record<string, unknown>; schema?: unknown }> }
  >;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, { properties?: Record<string, { example?: unknown; type?: string }> }>;
  };
}

const docs = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('the OpenAPI document', () => {
  const stack = useStack();
  const operations = ({ paths }: Document) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );

  it('is the one in docs/openapi.json', async () => {
    const { text } = await stack.call('/docs-json');
    // The sandbox of the test is at another port.
    const sandbox = String(stack.env['WEIXIN_API_BASE_URL']);
    expect(JSON.parse(docs('openapi.json'))).toEqual(
      JSON.parse(text.replaceAll(sandbox, 'http://127.0.0.1:8001')),
    );
  });

  it('describes every route, with an example of its success and of each of its problems', async () => {
    const { body } = await stack.call<Document>('/docs-json');
    expect(
      operations(body)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'delete /api/me/consents/{kind}',
      'delete /api/me/deletion',
      'delete /api/sessions',
      'delete /api/sessions/{id}',
      'get /.well-known/jwks.json',
      'get /.well-known/oauth-authorization-server',
      'get /.well-known/openid-configuration',
      'get /api/me',
      'get /api/me/consents',
      'get /api/me/deletion',
      'get /api/sessions',
      'get /api/weixin/data',
      'get /health/live',
      'get /health/ready',
      'post /api/me/deletion',
      'post /api/me/export',
      'post /api/me/merge',
      'post /api/me/phone',
      'post /api/token/blacklist',
      'post /api/token/refresh',
      'post /api/token/verify',
      'post /api/weixin/data',
      'post /api/weixin/login',
      'post /api/weixin/open-data',
      'put /api/me',
      'put /api/me/consents/{kind}',
    ]);
    for (const { name, operation } of operations(body)) {
      expect(operation.summary, name).toBeTruthy();
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        if (status === '200') expect(Object.keys(content), name).toEqual(['application/json']);
        else if (status !== '204' && status !== '304')
          expect(Object.keys(content['application/problem+json']?.examples ?? {}), name).not.toEqual([]);
      }
    }
  });

  it('has every problem code in at least one route', async () => {
    const { body } = await stack.call<Document>('/docs-json');
    const admin = JSON.parse(docs('openapi-admin.json')) as Document;
    const named = [...operations(body), ...operations(admin)].flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content = {} }) =>
        Object.keys(content['application/problem+json']?.examples ?? {}),
      ),
    );
    const connection = ['not_found', 'method_not_allowed', 'request_timeout', 'headers_too_large'];
    // Of the route that WeChat calls.
    const pushes = ['push_forward_failed', 'push_not_configured', 'push_signature_invalid', 'push_stale'];
    const commandLine = ['webhook_url_refused', 'webhooks_exhausted'];
    expect([...new Set([...named, ...connection, ...pushes, ...commandLine])].sort()).toEqual(
      Object.keys(PROBLEMS).sort(),
    );
  });

  it('is served by Swagger UI, which stores the bearer token', async () => {
    const page = await stack.call('/docs');
    expect(page.text).toContain('swagger-ui');
    const options = await stack.call('/docs/swagger-ui-init.js');
    expect(options.text).toMatch(/"persistAuthorization": true/);
    expect(options.text).toContain('sandbox/codes');
  });
});

describe.each([
  ['en', 'errors.md'],
  ['zh', 'zh-CN/errors.md'],
] as const)('the page of the errors in %s', (language, name) => {
  it('has title, cause and fix of every code', () => {
    const page = docs(name);
    for (const [code, { title, cause, fix }] of Object.entries(PROBLEMS)) {
      expect(page).toContain(`## \`${code}\``);
      for (const text of [title, cause, fix]) expect(page).toContain(text[language]);
    }
  });
});
