import { describe, expect, it } from 'vitest';
import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';
import { useStack } from '../support/stack.js';
import { DATA, expire, renewals, storedTokens, TOKENS, usedPhone } from './people.js';

const MARK = 'passport.logged_out';
const stack = useStack();

describe('a storage that cannot be read', () => {
  it.each([TOKENS, MARK])('once, under the key %s, changes nothing', async (key) => {
    const phone = await usedPhone(stack);
    Object.assign(phone.storage.failing, { reads: 1, key });
    await launch(phone).request(DATA);
    expect(renewals(phone)).toEqual([0, 0]);
  });

  it('does not log a user in who logged out', async () => {
    const phone = await usedPhone(stack);
    await launch(phone).logout();
    Object.assign(phone.storage.failing, { reads: Infinity, key: MARK });
    const app = launch(phone);
    await expect(app.ready()).rejects.toMatchObject({ code: 'storage_failed' });
    expect(app.currentUser()).toBeUndefined();
    phone.storage.failing.reads = 0;
    await expect(app.ready()).rejects.toMatchObject({ code: 'logged_out' });
    expect(phone.logins).toBe(0);
  });

  it('does not log in again a user whose tokens are in it', async () => {
    const phone = await usedPhone(stack);
    Object.assign(phone.storage.failing, { reads: Infinity, key: TOKENS });
    const app = launch(phone);
    await expect(app.ready()).rejects.toMatchObject({ code: 'storage_failed' });
    phone.storage.failing.reads = 0;
    await app.request(DATA);
    expect(renewals(phone)).toEqual([0, 0]);
  });

  it('is tried again by a GET', async () => {
    const phone = await usedPhone(stack);
    Object.assign(phone.storage.failing, { reads: 3, key: TOKENS });
    await expect(launch(phone).request(DATA)).resolves.toMatchObject({ status: 200 });
  });

  it('at a refresh leaves the tokens in memory in use', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    const app = launch(phone);
    expect(app.currentUser()).toBeDefined();
    phone.storage.failing.reads = Infinity;
    await app.request(DATA);
    expect(renewals(phone)).toEqual([0, 1]);
  });

  it('ever again stops no user who wants to log in', async () => {
    const phone = new Phone(stack);
    phone.storage.failing.reads = Infinity;
    const app = launch(phone);
    await expect(app.login()).resolves.toMatchObject({ id: expect.any(String) as string });
    await app.request(DATA);
    expect(phone.logins).toBe(1);
  });

  it('does not make the client forget the sessions that are still to be ended', async () => {
    const phone = await usedPhone(stack);
    const { access } = storedTokens(phone);
    phone.network.weather = 'offline';
    await launch(phone).logout();
    const ended = phone.storage.peek('passport.ended');
    Object.assign(phone.storage.failing, { reads: Infinity, key: 'passport.ended' });
    phone.network.weather = 'fine';
    const app = launch(phone);
    await app.login();
    await app.logout();
    expect(phone.storage.peek('passport.ended')).toEqual(ended);
    phone.storage.failing.reads = 0;
    await launch(phone).logout();
    expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
  });
});

describe('a storage that is full when new tokens come', () => {
  it('does not keep the old ones: their use would be taken for theft', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    phone.storage.failing.writes = Infinity;
    const app = launch(phone);
    await app.request(DATA);
    expect(storedTokens(phone)).toBeUndefined();
    phone.storage.failing.writes = 0;
    await launch(phone).request(DATA);
    expect(renewals(phone)).toEqual([1, 1]);
  });

  it('serves the run that has them', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    phone.storage.failing.writes = Infinity;
    const app = launch(phone);
    for (let n = 0; n < 3; n++) await app.request(DATA);
    expect(renewals(phone)).toEqual([0, 1]);
  });

  it('once only, has them', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    Object.assign(phone.storage.failing, { writes: 1, key: TOKENS });
    const app = launch(phone);
    const access = await app.accessToken();
    expect(storedTokens(phone)).toMatchObject({ access });
  });
});

describe('a phone that dies during a logout', () => {
  it('after the mark was stored ends the session at the next launch', async () => {
    const phone = await usedPhone(stack);
    const { access } = storedTokens(phone);
    phone.storage.set(MARK, true);
    const app = launch(phone);
    expect(app.currentUser()).toBeUndefined();
    await expect(app.ready()).rejects.toMatchObject({ code: 'logged_out' });
    expect(storedTokens(phone)).toBeUndefined();
    await expect.poll(() => stack.knock(access)).toEqual([401, 'token_revoked']);
  });
});
