import { describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
const PATH = '/sns/jscode2session';
const FAULTS = '/sandbox/faults';

describe('the list of faults', () => {
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let i = 0; i < count; i += 1) seen.push((await sandbox.code2Session('any')).status);
    return seen;
  };

  it('strikes until it is removed where times is not given', async () => {
    await sandbox.breakWith('status', { status: 500 });
    expect(await statuses(5)).toEqual([500, 500, 500, 500, 500]);
    expect(await sandbox.send('DELETE', FAULTS)).toMatchObject({ status: 200, json: { faults: 0 } });
    expect(await statuses(1)).toEqual([200]);
  });

  it('strikes as many times as it says, in the order of the list', async () => {
    const list = [
      { path: PATH, kind: 'status', status: 500, times: 2 },
      { path: PATH, kind: 'status', status: 503, times: 1 },
    ];
    expect((await sandbox.send('PUT', FAULTS, list)).json).toEqual({ faults: 2 });
    expect((await sandbox.send('GET', FAULTS)).json).toEqual({ faults: 2 });
    expect(await statuses(4)).toEqual([500, 500, 503, 200]);
  });

  it('is replaced as a whole', async () => {
    await sandbox.breakWith('status', { status: 500 });
    await sandbox.breakWith('status', { status: 503 });
    expect(await statuses(2)).toEqual([503, 503]);
    expect((await sandbox.send('PUT', FAULTS, [])).json).toEqual({ faults: 0 });
    expect(await statuses(1)).toEqual([200]);
  });

  it('stays as it was where the new one is invalid', async () => {
    await sandbox.breakWith('status', { status: 500 });
    expect((await sandbox.breakWith('nonsense')).status).toBe(400);
    expect(await statuses(1)).toEqual([500]);
  });

  it('accepts DELETE with a JSON content type and no body', async () => {
    const init = { method: 'DELETE', headers: { 'content-type': 'application/json' } };
    expect((await fetch(sandbox.url(FAULTS), init)).status).toBe(200);
  });

  const KINDS =
    '"errcode", "delay", "status", "html", "truncate", "drip", "reset", "hang", "redirect", "empty", "huge", "body"';

  it.each<[unknown, string]>([
    [{}, 'faults must be a JSON array of {path, kind, …, times?}'],
    [undefined, 'faults must be a JSON array of {path, kind, …, times?}'],
    [[null], 'faults[0] must be a JSON object'],
    [[{ path: PATH }], `faults[0].kind must be one of ${KINDS}`],
    [[{ path: PATH, kind: 'toString' }], `faults[0].kind must be one of ${KINDS}`],
    [[{ path: '/sns', kind: 'empty' }], `faults[0].path must be one of "${PATH}", "/cgi-bin/stable_token", `],
    [[{ kind: 'empty' }], `faults[0].path must be one of "${PATH}", "/cgi-bin/stable_token", `],
    [[{ path: PATH, kind: 'empty', times: 0 }], 'faults[0].times must be an integer from 1 to 1000000000'],
    [
      [{ path: PATH, kind: 'empty', ms: 1 }],
      'faults[0] has an unknown member "ms"; allowed are path, kind, times',
    ],
    [
      [
        { path: PATH, kind: 'hang' },
        { path: PATH, kind: 'delay' },
      ],
      'faults[1].ms must be an integer from 0 to 600000',
    ],
    [[{ path: PATH, kind: 'delay', ms: -1 }], 'faults[0].ms must be an integer from 0 to 600000'],
    [[{ path: PATH, kind: 'drip', ms: 0 }], 'faults[0].ms must be an integer from 1 to 600000'],
    [[{ path: PATH, kind: 'errcode' }], 'faults[0].errcode must be an integer, or text of one'],
    [
      [{ path: PATH, kind: 'errcode', errcode: 1, errmsg: 2 }],
      'faults[0].errmsg must be text of 0 to 1000 characters',
    ],
    [[{ path: PATH, kind: 'status', status: 200 }], 'faults[0].status must be an integer from 400 to 599'],
    [[{ path: PATH, kind: 'reset', when: 'now' }], 'faults[0].when must be one of "before", "after"'],
    [
      [{ path: PATH, kind: 'redirect', location: 'a\r\nb: c' }],
      'faults[0].location must be a URL, percent-encoded',
    ],
    [[{ path: PATH, kind: 'body' }], 'faults[0].body must be any JSON'],
  ])('answers 400 to %j and says what is allowed', async (list, error) => {
    const { status, json } = await sandbox.send('PUT', FAULTS, list);
    expect(status).toBe(400);
    expect(json['error']).toContain(error);
  });
});
