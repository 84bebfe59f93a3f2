import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../apps/sandbox/server/control/fault-kinds.js';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { WEIXIN_ENDPOINTS } from '../../apps/sandbox/server/weixin/endpoints.js';
import { call } from '../support/http.js';

const [PAGE = '', CHINESE_PAGE = ''] = ['sandbox.md', 'zh-CN/sandbox.md'].map((name) =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'),
);
const EXAMPLE =
  /^curl (?:-X (?<method>\w+) )?http:\/\/127\.0\.0\.1:8001(?<path>\S+)(?: -d '(?<body>.+)')?$/gm;

describe('the page on the sandbox', () => {
  const sandbox = createSandbox();
  let url = '';
  beforeAll(async () => {
    url = await sandbox.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => sandbox.close());

  it.each(WEIXIN_ENDPOINTS)('names $method $path', ({ method, path }) => {
    for (const page of [PAGE, CHINESE_PAGE]) expect(page).toContain(`\n| \`${method} ${path}\` `);
  });

  it.each(Object.keys(FAULT_KINDS))('names the fault %s', (kind) => {
    for (const page of [PAGE, CHINESE_PAGE]) expect(page).toContain(`\n| \`${kind}\` `);
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
