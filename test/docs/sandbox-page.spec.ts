import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../apps/sandbox/server/control/fault-kinds.js';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { WEIXIN_ENDPOINTS } from '../../apps/sandbox/server/weixin/endpoints.js';
import { call } from '../support/http.js';

const PAGE = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
const EXAMPLE =
  /^curl (?:-X (?<method>\w+) )?http:\/\/127\.0\.0\.1:8001(?<path>\S+)(?: -d '(?<body>.+)')?$/gm;

describe('docs/sandbox.md', () => {
  const sandbox = createSandbox();
  let url = '';
  beforeAll(async () => {
    url = await sandbox.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => sandbox.close());

  it.each(WEIXIN_ENDPOINTS)('names $method $path', ({ method, path }) => {
    expect(PAGE).toContain(`\n| \`${method} ${path}\` `);
  });

  it.each(Object.keys(FAULT_KINDS))('names the fault %s', (kind) => {
    expect(PAGE).toContain(`\n| \`${kind}\` `);
  });

  it('shows a call for each line that begins with curl', () => {
    expect([...PAGE.matchAll(EXAMPLE)]).toHaveLength([...PAGE.matchAll(/^curl /gm)].length);
  });

  it.each([...PAGE.matchAll(EXAMPLE)].map(([line, method, path, body]) => ({ line, method, path, body })))(
    '$line',
    async ({ method = 'GET', path, body }) => {
      expect((await call(url + String(path), { method, body })).status).toBe(200);
    },
  );
});
