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

  it('says of every route what it does, and shows an example of its success and of each of its problems', async () => {
    const { body } = await stack.call<Document>('/docs-json');
    expect(
      operations(body)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'delete /api/sessions',
      'delete /api/sessions/{id}',
      'get /.well-known/jwks.json',
      'get /.well-known/oauth-authorization-server',
      'get /api/me',
      'get /api/sessions',
      'get /api/weixin/data',
      'get /health/live',
      'get /health/ready',
      'post /api/me/merge',
      'post /api/me/phone',
      'post /api/token/blacklist',
      'post /api/token/refresh',
      'post /api/token/verify',
      'post /api/weixin/data',
      'post /api/weixin/login',
      'post /api/weixin/open-data',
      'put /api/me',
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

  it('names every problem code at some route', async () => {
    const { body } = await stack.call<Document>('/docs-json');
    const named = operations(body).flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content = {} }) =>
        Object.keys(content['application/problem+json']?.examples ?? {}),
      ),
    );
    // These come from the connection or from no route at all.
    const elsewhere = ['not_found', 'method_not_allowed', 'request_timeout', 'headers_too_large'];
    expect([...new Set([...named, ...elsewhere])].sort()).toEqual(Object.keys(PROBLEMS).sort());
  });

  it('is served by Swagger UI, which keeps the bearer token filled in', async () => {
    const page = await stack.call('/docs');
    expect(page.text).toContain('swagger-ui');
    const options = await stack.call('/docs/swagger-ui-init.js');
    expect(options.text).toMatch(/"persistAuthorization": true/);
    expect(options.text).toContain('sandbox/codes');
  });
});

describe('docs/errors.md', () => {
  it('has cause and fix of every code in both languages', () => {
    const page = docs('errors.md');
    for (const [code, { cause, fix }] of Object.entries(PROBLEMS)) {
      expect(page).toContain(`## \`${code}\``);
      for (const sentence of [cause.en, cause.zh, fix.en, fix.zh]) expect(page).toContain(sentence);
    }
  });
});
