import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { lock } from '../support/lock.js';
import { execute } from '../support/rows.js';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';
import { eventsOf } from './events.js';

describe('auth events', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0', ...PATIENT_WITH_WEIXIN });
  beforeEach(async () => {
    await eventsOf(stack);
    await execute(stack.databaseUrl, 'DELETE FROM auth_events');
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const linesWith = (text: string) => stack.logs.filter((line) => line.includes(text));

  it('are 60 of 1,000 refused logins in a minute, and one with the number of the others', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let count = 0; count < 1000; count += 50) {
      await Promise.all(Array.from({ length: 50 }, () => stack.login({ code: 'wrong' })));
    }
    expect(await eventsOf(stack)).toHaveLength(60);
    vi.setSystemTime(Date.now() + 60_000);
    // No login follows: the service records the number by itself.
    await expect.poll(() => eventsOf(stack), { timeout: 3000 }).toHaveLength(61);
    expect((await eventsOf(stack)).at(-1)).toMatchObject({ kind: 'login_refused', detail: '940 more' });
  });

  it('include the number of the other refused logins if the service stops before the minute ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    await Promise.all(Array.from({ length: 70 }, () => stack.login({ code: 'wrong' })));
    await stack.restart();
    expect((await eventsOf(stack)).at(-1)).toMatchObject({ detail: '10 more' });
  });

  it('are not limited for other kinds', async () => {
    await Promise.all(Array.from({ length: 70 }, () => stack.login({ code: 'wrong' })));
    await stack.loggedIn();
    expect((await eventsOf(stack)).at(-1)).toMatchObject({ kind: 'login' });
  });

  it('wait in memory while the database refuses writes, delay no reader, and are written once', async () => {
    const { access } = await stack.loggedIn('waiting');
    const unlock = await lock(stack.databaseUrl, 'auth_events');
    stack.service(AuthEventsService).record({ kind: 'user_enabled' });
    const flush = stack.service(AuthEventsService).flush();
    await sleep(500);
    expect((await stack.knock(access))[0]).toBe(200);
    await flush;
    stack.service(AuthEventsService).record({ kind: 'user_disabled' });
    await unlock();
    expect(linesWith('auth events wait in memory')).toHaveLength(1);
    // If a minute ends now, the refused logins of the previous tests are reported too.
    const events = (await eventsOf(stack)).filter(({ kind }) => kind !== 'login_refused');
    expect(events.map(({ kind }) => kind)).toEqual(['login', 'user_enabled', 'user_disabled']);
  });

  it('are dropped beyond 10,000 in memory, which is logged once', async () => {
    const events = stack.service(AuthEventsService);
    for (let count = 0; count < 10_050; count += 1) events.record({ kind: 'logout' });
    const kept = (await eventsOf(stack)).filter(({ kind }) => kind === 'logout');
    expect(kept).toHaveLength(10_000);
    expect(linesWith('50 auth events were dropped')).toHaveLength(1);
    events.record({ kind: 'login' });
    expect((await eventsOf(stack)).at(-1)).toMatchObject({ kind: 'login' });
  });
});
