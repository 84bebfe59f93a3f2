import { describe, expect, it } from 'vitest';
import { refused, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
const RISKY = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级';

async function ask(body: Record<string, unknown> = {}) {
  const { openid } = await sandbox.session();
  const all = { content: 'hello', version: 2, scene: 1, openid, ...body };
  return sandbox.withToken('POST', '/wxa/msg_sec_check', all);
}

const resultOf = async (body: Record<string, unknown>) => (await ask(body)).json['result'];

describe('POST /wxa/msg_sec_check', () => {
  it('lets a harmless text pass', async () => {
    const { contentType, json } = await ask();
    expect(contentType).toBe('application/json; charset=UTF-8');
    expect(json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      detail: [
        { strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 90 },
        { strategy: 'keyword', errcode: 0, suggest: 'pass', label: 100 },
      ],
      trace_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/) as string,
      result: { suggest: 'pass', label: 100 },
    });
  });

  it("finds WeChat's own example risky, and names it", async () => {
    const { json } = await ask({ content: `x${RISKY}y` });
    expect(json).toMatchObject({
      errcode: 0,
      detail: [{ strategy: 'content_model' }, { strategy: 'keyword', keyword: RISKY, level: 90 }],
      result: { suggest: 'risky', label: 20001 },
    });
  });

  it.each(['nickname', 'title', 'signature'])('looks into %s too', async (name) => {
    expect(await resultOf({ [name]: RISKY })).toMatchObject({ suggest: 'risky' });
  });

  it('looks for the words of the developer instead, until a reset', async () => {
    const list = { words: ['spam', 'eggs'], suggest: 'review' };
    expect(await sandbox.send('PUT', '/sandbox/risky-words', list)).toMatchObject({
      status: 200,
      json: list,
    });
    expect(await resultOf({ content: 'two eggs' })).toEqual({ suggest: 'review', label: 20001 });
    expect(await resultOf({ content: RISKY })).toMatchObject({ suggest: 'pass' });
    await sandbox.send('POST', '/sandbox/reset');
    expect(await resultOf({ content: 'two eggs' })).toMatchObject({ suggest: 'pass' });
    expect(await resultOf({ content: RISKY })).toMatchObject({ suggest: 'risky' });
  });

  it.each<[number, string, Record<string, unknown>]>([
    [44002, 'empty post data', { content: '' }],
    [47001, 'data format error', { version: undefined }],
    [47001, 'data format error', { version: 1 }],
    [40129, 'invalid scene', { scene: 5 }],
    [45002, 'content size out of limit', { content: '字'.repeat(2501) }],
    [40003, 'invalid openid', { openid: undefined }],
    [61010, 'code is expired', { openid: `o${'x'.repeat(27)}` }],
  ])('answers %i %s', async (errcode, errmsg, body) => {
    expect(await ask(body)).toMatchObject(refused(errcode, errmsg));
  });

  it('accepts 2500 characters of any byte length', async () => {
    expect(await resultOf({ content: '😀'.repeat(2500) })).toMatchObject({ suggest: 'pass' });
  });
});

it.each<[unknown, string]>([
  [undefined, 'body must be a JSON object'],
  [{}, 'body.words must be a list of at most 1000, each text of 1 to 100 characters'],
  [{ words: [''] }, 'body.words must be a list of at most 1000, each text of 1 to 100 characters'],
  [{ words: [], suggest: 'pass' }, 'body.suggest must be one of "risky", "review"'],
])('PUT /sandbox/risky-words answers 400 to %j and says what is allowed', async (body, error) => {
  expect(await sandbox.send('PUT', '/sandbox/risky-words', body)).toMatchObject({
    status: 400,
    json: { error },
  });
});
