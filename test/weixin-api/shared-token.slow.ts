import { beforeEach, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';
import { authorizedCalls, REACHED, TOKEN_PATH } from './authorized-calls.js';

const TIMEOUT_MS = 3000;
const OTHER_REACHED = [400, 'phone_code_invalid'];

describe('two instances on one database', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: String(TIMEOUT_MS) });
  const { knock, calls } = authorizedCalls(stack);

  beforeEach(async () => {
    await execute(stack.databaseUrl, 'DELETE FROM weixin_access_tokens');
    await stack.restart();
  });

  /** Calls the API for a phone number through an instance of its own. Returns the status and the code. */
  const callOf = async (other: Instance) => {
    const { access: token } = await stack.loggedIn();
    return async () => {
      const { status, body } = await call(`${other.url}/api/me/phone`, { token, json: { code: 'none' } });
      return [status, body['code']];
    };
  };
  const otherCalls = async () => {
    const other = await Instance.start(stack.env);
    const outcome = await (await callOf(other))();
    await other.stop();
    return outcome;
  };

  it('fetch one access token', async () => {
    expect(await knock()).toEqual(REACHED);
    expect(await otherCalls()).toEqual(OTHER_REACHED);
    expect(await calls()).toEqual({ fetches: 1, calls: 2 });
  });

  it('fetch one access token also when both need it at the same time', async () => {
    await stack.breakWeixin('delay', { ms: TIMEOUT_MS / 3 }, TOKEN_PATH);
    const other = await Instance.start(stack.env);
    const otherCall = await callOf(other);
    expect(await Promise.all([otherCall(), knock()])).toEqual([OTHER_REACHED, REACHED]);
    await other.stop();
    expect(await calls()).toEqual({ fetches: 1, calls: 2 });
  });

  it('wait no longer than the lease for one that was killed while it fetched', async () => {
    const other = await Instance.start(stack.env);
    const otherCall = await callOf(other);
    await stack.breakWeixin('hang', {}, TOKEN_PATH);
    const killed = expect(otherCall()).rejects.toThrow(TypeError);
    await expect.poll(calls, { timeout: 60_000 }).toEqual({ fetches: 1, calls: 0 });
    await other.stop('SIGKILL');
    await killed;
    await stack.fixWeixin();
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
    expect(await otherCalls()).toEqual(OTHER_REACHED);
    expect(await calls()).toEqual({ fetches: 3, calls: 3 });
    // This one still has the old token in memory, and finds the new one in the database.
    expect(await knock()).toEqual(REACHED);
    expect(await calls()).toEqual({ fetches: 3, calls: 5 });
  });
});
