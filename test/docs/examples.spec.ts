import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillExamples, rememberAnswer } from '../../apps/api/src/swagger-page.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';

interface Schema {
  $ref?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
}
interface Media {
  schema: Schema;
  examples?: Record<string, { value: unknown }>;
}
interface Operation {
  tags: string[];
  parameters: { name: string; in: string; schema: { example?: string } }[];
  requestBody?: { content: { 'application/json': Media } };
  responses: Record<string, unknown>;
}
interface Document {
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Step {
  method: string;
  path: string;
  operation: Operation;
}

/** The operations in the order in which Swagger UI shows them. */
function stepsOf({ tags, paths }: Document): Step[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return tags.flatMap(({ name }) => all.filter(({ operation }) => operation.tags.includes(name)));
}

/** The bodies that Swagger UI offers, the one it fills in first; made of the members' examples where there is no whole one. */
function bodiesOf({ operation }: Step, { components }: Document): unknown[] {
  const media = operation.requestBody?.content['application/json'];
  if (!media) return [undefined];
  if (media.examples) return Object.values(media.examples).map(({ value }) => value);
  const sample = ({ $ref, example, properties }: Schema): unknown => {
    if ($ref !== undefined) return sample(components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if (example !== undefined || !properties) return example ?? 'string';
    return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, sample(member)]));
  };
  return [sample(media.schema)];
}

describe('the examples of Swagger UI', () => {
  const stack = useStack({ DELETION_LEDGER: join(useFolder(), 'deletions.jsonl') });
  let access = '';

  /** Sends an example as the page does. */
  async function send({ method, path, operation }: Step, body: unknown): Promise<number> {
    const example = (where: string) => operation.parameters.filter((each) => each.in === where);
    const url = example('path').reduce(
      (url, { name, schema }) => url.replace(`{${name}}`, schema.example ?? ''),
      path,
    );
    const headers = example('header').flatMap(({ name, schema }) =>
      schema.example === undefined ? [] : [[name, schema.example] as const],
    );
    const request = fillExamples({
      url: stack.url + url,
      headers: Object.fromEntries(headers),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await call(request.url, {
      method: method.toUpperCase(),
      token: access || undefined,
      body: request.body,
      headers: { ...request.headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    });
    rememberAnswer({ headers: Object.fromEntries(answer.headers), obj: answer.body });
    access = (answer.body as { access?: string }).access ?? access;
    return answer.status;
  }

  it('succeed unchanged for a new user, in the order of the page', async () => {
    const { body: document } = await stack.call<Document>('/docs-json');
    const steps = stepsOf(document);
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    // Each has one tag, or the page would show it twice or not at all.
    expect(steps).toHaveLength(operations.length);
    expect(steps.filter(({ operation }) => operation.tags.length !== 1)).toEqual([]);
    // The merge needs another user, whom the last example of the login makes: so that one comes first here.
    const [login, ...others] = steps;
    if (!login) throw new Error('the page shows nothing');
    for (const body of bodiesOf(login, document).reverse()) expect(await send(login, body)).toBe(200);
    for (const step of others) {
      // The steps before have ended the session.
      if (step.path === '/api/me/deletion' && step.method !== 'post')
        await send(login, bodiesOf(login, document)[0]);
      for (const body of bodiesOf(step, document)) {
        const success = Object.keys(step.operation.responses).find((status) => /^2/.test(status));
        expect([step.method, step.path, await send(step, body)]).toEqual([
          step.method,
          step.path,
          Number(success),
        ]);
      }
    }
  });

  it('have no member with the value string', async () => {
    const { body: document } = await stack.call<Document>('/docs-json');
    const bodies = stepsOf(document).flatMap((step) => bodiesOf(step, document));
    expect(JSON.stringify(bodies)).not.toContain('"string"');
  });
});
