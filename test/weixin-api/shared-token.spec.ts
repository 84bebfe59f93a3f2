import { beforeEach, describe, expect, it } from 'vitest';
import { Program } from '../support/process.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';
import { AUTHORIZED_PATH, authorizedCalls, REACHED, TOKEN_PATH } from './authorized-calls.js';

const TIMEOUT_MS = 3000;
const OTHER_REACHED = 'ended 401 login_code_invalid';

describe('two instances on one database', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: String(TIMEOUT_MS) });
  const { knock, calls } = authorizedCalls(stack);

  beforeEach(async () => {
    await execute(stack.databaseUrl, 'DELETE FROM weixin_access_tokens');
    await stack.restart();
  });

  const startOther = () => new Program('test/weixin-api/caller.mjs', stack.env, undefined, [AUTHORIZED_PATH]);
  const otherCalls = async () => {
    const other = startOther();
    await other.ended();
    return other.output;
  };

  it('fetch one access token', async () => {
    expect(await knock()).toEqual(REACHED);
    expect(await otherCalls()).toContain(OTHER_REACHED);
    expect(await calls()).toEqual({ fetches: 1, calls: 2 });
  });

  it('fetch one access token also when both ask at once', async () => {
    await stack.breakWeixin('delay', { ms: TIMEOUT_MS / 3 }, TOKEN_PATH);
    const other = startOther();
    await other.prints('calling');
    expect(await knock()).toEqual(REACHED);
    await other.ended();
    expect(other.output).toContain(OTHER_REACHED);
    expect(await calls()).toEqual({ fetches: 1, calls: 2 });
  });

  it('wait no longer than the lease for one that was killed while it fetched', async () => {
    await stack.breakWeixin('hang', {}, TOKEN_PATH);
    const other = startOther();
    await expect.poll(calls, { timeout: 60_000 }).toEqual({ fetches: 1, calls: 0 });
    await other.stop('SIGKILL');
    await stack.mendWeixin();
    const stopwatch = startStopwatch();
    expect(await knock()).toEqual(REACHED);
    expect(stopwatch()).toBeLessThan(TIMEOUT_MS + 4000);
    expect(await calls()).toEqual({ fetches: 2, calls: 1 });
  });

  it('drop a refused token only while it is the one in use', async () => {
    await knock();
    const force = { grant_type: 'client_credential', force_refresh: true };
    await stack.sandbox('POST', TOKEN_PATH, {
      ...force,
      appid: 'wxsandbox000000001',
      secret: 'sandbox-secret',
    });
    expect(await otherCalls()).toContain(OTHER_REACHED);
    expect(await calls()).toEqual({ fetches: 3, calls: 3 });
    // This one still has the old token in memory, and finds the new one in the database.
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toEqual({ fetches: 3, calls: 5 });
  });
});
