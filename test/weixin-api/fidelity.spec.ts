import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ERRCODES, type Errcode } from '../../apps/sandbox/server/state/errcodes.js';
import { WEIXIN_ENDPOINTS } from '../../apps/sandbox/server/weixin/endpoints.js';
import { FAMILIES } from '../../apps/sandbox/server/weixin/families.js';
import { useSandbox } from '../../apps/sandbox/test/use-sandbox.js';
import { answerableErrcodes } from './answerable-errcodes.js';
import { mistakesOf } from './mistakes.js';

interface Row {
  errcode: Errcode;
  answered: 'call' | 'fault';
  checked: ('document' | 'seen' | 'sdk')[];
}

const FIDELITY = JSON.parse(readFileSync(new URL('../../docs/fidelity.json', import.meta.url), 'utf8')) as {
  endpoints: { method: string; path: string; errcodes: Row[] }[];
};
const rowsOf = (path: string) => FIDELITY.endpoints.find((each) => each.path === path)?.errcodes ?? [];
const errcodesOf = (rows: readonly Row[]) => rows.map(({ errcode }) => errcode);

/** Bodies that the tests contain because a developer published them. */
const PUBLISHED = ['errcodes.spec.ts', 'seen-answers.spec.ts']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n');
const SDK = readFileSync(new URL('../sdk/node-easywechat.spec.ts', import.meta.url), 'utf8');

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('docs/fidelity.json', () => {
  it('has each endpoint of the sandbox', () => {
    const named = (each: { method: string; path: string }) => `${each.method} ${each.path}`;
    expect(FIDELITY.endpoints.map(named)).toEqual(WEIXIN_ENDPOINTS.map(named));
  });

  it('has each errcode of the sandbox, and no other', () => {
    const listed = new Set(FIDELITY.endpoints.flatMap(({ errcodes }) => errcodesOf(errcodes)));
    expect([...listed].map(Number).sort()).toEqual(Object.keys(ERRCODES).map(Number).sort());
  });

  it('says of no row that it is unchecked', () => {
    const rows = FIDELITY.endpoints.flatMap(({ errcodes }) => errcodes);
    expect(rows.filter(({ checked }) => checked.length === 0)).toEqual([]);
  });

  it('names a published body only where the tests contain one, and the SDK only where its test meets the errcode', () => {
    const rows = FIDELITY.endpoints.flatMap(({ errcodes }) => errcodes);
    for (const { errcode, checked } of rows) {
      if (checked.includes('seen')) expect(PUBLISHED).toMatch(new RegExp(`(\\[|errcode: )${errcode},\\s`));
      if (checked.includes('sdk')) expect(SDK).toContain(`"errcode":${errcode}/`);
    }
  });
});

describe.each(WEIXIN_ENDPOINTS)('$method $path', (endpoint) => {
  const sandbox = useSandbox();
  const mistakes = mistakesOf(sandbox, endpoint);
  const rows = rowsOf(endpoint.path);
  const [own, faults] = (['call', 'fault'] as const).map((answered) =>
    rows.filter((row) => row.answered === answered),
  ) as [Row[], Row[]];
  const tail = endpoint.family === 'sns' ? ', rid: ' : ' rid: ';
  const refusalWith = (errcode: Errcode) => ({
    status: 200,
    contentType: FAMILIES[endpoint.family].contentType,
    json: { errcode, errmsg: expect.stringContaining(tail) as string },
  });

  it('has a row for each errcode that its source can answer', () => {
    expect(errcodesOf(own)).toEqual(answerableErrcodes(endpoint));
  });

  it.each(own)('answers $errcode to a call that is wrong in this way', async ({ errcode }) => {
    const answer = await mistakes[errcode]?.();
    expect(answer).toMatchObject(refusalWith(errcode));
    expect(answer?.json['errmsg']).toContain(ERRCODES[errcode]);
  });

  it.each(faults)('answers $errcode if a fault asks for it', async ({ errcode }) => {
    await sandbox.send('PUT', '/sandbox/faults', [{ path: endpoint.path, kind: 'errcode', errcode }]);
    const answer = await sandbox.send(endpoint.method, endpoint.path);
    expect(answer).toMatchObject(refusalWith(errcode));
    expect(answer.json['errmsg']).toContain(ERRCODES[errcode]);
  });
});
