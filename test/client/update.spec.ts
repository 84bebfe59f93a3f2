import { describe, expect, it } from 'vitest';
import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';
import { useStack } from '../support/stack.js';
import { DATA, REFRESH, renewals } from './people.js';

const stack = useStack();

/** A phone whose storage was written by `services/` of 0.1.0. */
async function phoneOf010(user: string, expiresInSeconds = 300) {
  const { access, refresh, user_id: userId } = await stack.loggedIn(user);
  const phone = new Phone(stack, user);
  const tokens = { userId, access, refresh, receivedAtMs: Date.now() - 1000, expiresInSeconds };
  phone.storage.set('passport.tokens', tokens);
  phone.storage.set('passport.device', 'm3x2y1-abc');
  return { phone, tokens };
}

describe('an update from services/ of 0.1.0', () => {
  it('finds its user logged in, and sends no login and no refresh', async () => {
    const { phone, tokens } = await phoneOf010('veteran');
    const app = launch(phone);
    expect(app.currentUser()).toEqual({ id: tokens.userId });
    await app.request(DATA);
    expect(renewals(phone)).toEqual([0, 0]);
  });

  it('refreshes what 0.1.0 has marked as refused', async () => {
    const { phone } = await phoneOf010('refused', 0);
    await launch(phone).request(DATA);
    expect(renewals(phone)).toEqual([0, 1]);
    expect(phone.storage.peek('passport.device')).toBe('m3x2y1-abc');
  });

  it('finds its user logged out, and logs no user in', async () => {
    const { phone } = await phoneOf010('absent');
    phone.storage.remove('passport.tokens');
    phone.storage.set('passport.logged_out', true);
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'logged_out' });
    expect(renewals(phone)).toEqual([0, 0]);
  });

  it('ends the sessions that 0.1.0 could not end', async () => {
    const { phone } = await phoneOf010('leaver');
    const other = await stack.loggedIn('leaver');
    phone.storage.set('passport.ended', [other.refresh]);
    await launch(phone).logout();
    expect(await stack.knock(other.access)).toEqual([401, 'token_revoked']);
    expect(phone.storage.peek('passport.ended')).toBeUndefined();
    expect(phone.network.to(REFRESH)).toEqual([]);
  });
});
