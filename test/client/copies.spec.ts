import { describe, expect, it } from 'vitest';
import { launch, type MiniProgram } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';
import { useStack } from '../support/stack.js';
import { DATA, expire, LOGIN, renewals, storedTokens, usedPhone } from './people.js';

const stack = useStack();
const tenEach = (apps: MiniProgram[]) =>
  Promise.all(apps.flatMap((app) => Array.from({ length: 10 }, () => app.request(DATA))));

describe('two copies of the client in one mini-program', () => {
  it('log in once for twenty calls', async () => {
    const phone = new Phone(stack, 'twin');
    const answers = await tenEach([launch(phone), launch(phone)]);
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(renewals(phone)).toEqual([1, 0]);
  });

  it('refresh once for twenty calls', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    await tenEach([launch(phone), launch(phone)]);
    expect(renewals(phone)).toEqual([0, 1]);
  });

  it('take the tokens that the other one has got since', async () => {
    const phone = await usedPhone(stack);
    const [one, two] = [launch(phone), launch(phone)];
    await Promise.all([one.ready(), two.ready()]);
    const access = await one.refreshIfCurrent(await one.accessToken());
    expect(await two.refreshIfCurrent(await two.accessToken())).toBe(access);
    expect(renewals(phone)).toEqual([0, 1]);
  });

  it('do not undo each other’s logout', async () => {
    const phone = await usedPhone(stack);
    const [one, two] = [launch(phone), launch(phone)];
    await Promise.all([one.ready(), two.ready()]);
    await one.logout();
    await expect(two.request(DATA)).rejects.toMatchObject({ code: 'logged_out' });
    expect(renewals(phone)).toEqual([0, 0]);
  });

  it('do not undo a logout during their login', async () => {
    const phone = new Phone(stack, 'undecided');
    const [one, two] = [launch(phone), launch(phone)];
    phone.network.beforeSending = ({ path }) => (path === LOGIN ? two.logout() : undefined);
    await expect(one.ready()).rejects.toMatchObject({ code: 'logged_out' });
    expect(storedTokens(phone)).toBeUndefined();
  });

  it('hear of a logout immediately where they share the platform’s object', async () => {
    const phone = await usedPhone(stack);
    const port = phone.wx();
    const { createPassport } = launch(phone);
    const create = () => createPassport({ baseUrl: 'http://127.0.0.1:8000', port });
    const [one, two] = [create(), create()];
    await Promise.all([one.ready(), two.ready()]);
    const changes: string[] = [];
    two.onAuthChange(({ type }) => changes.push(type));
    phone.network.oddity = 'silent';
    const call = two.request(DATA);
    void one.logout();
    await expect(call).rejects.toMatchObject({ code: 'logged_out' });
    expect([two.currentUser(), changes]).toEqual([undefined, ['logged_out']]);
  });

  it('work on a platform whose object is sealed', async () => {
    const phone = await usedPhone(stack);
    const port = Object.freeze(phone.wx());
    const passport = launch(phone).createPassport({ baseUrl: 'http://127.0.0.1:8000', port });
    await passport.request(DATA);
    await passport.logout();
  });

  it('of which one died while it logged in hold the other up for three seconds at most', async () => {
    const phone = new Phone(stack, 'survivor');
    phone.storage.set('passport.lease', { owner: 'dead', atMs: Date.now() - 2800 });
    const startedAtMs = Date.now();
    await launch(phone).ready();
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(200);
    expect(phone.storage.peek('passport.lease')).toBeUndefined();
  });

  it('are not held up by a lease from the future, which a clock that was set back leaves', async () => {
    const phone = new Phone(stack, 'traveller');
    phone.storage.set('passport.lease', { owner: 'dead', atMs: Date.now() + 3_600_000 });
    await expect(launch(phone).ready()).resolves.toHaveProperty('id');
  });
});

describe('two instances of different services', () => {
  it('have tokens of their own', async () => {
    const phone = await usedPhone(stack);
    const { createPassport, ready } = launch(phone);
    const other = createPassport({ baseUrl: 'http://127.0.0.1:8000', port: phone.wx(), prefix: 'other' });
    await other.ready();
    await other.logout();
    await expect(ready()).resolves.toHaveProperty('id');
    expect(phone.storage.peek('passport.logged_out')).toBeUndefined();
    expect(phone.storage.peek('other.logged_out')).toBe(true);
  });
});
