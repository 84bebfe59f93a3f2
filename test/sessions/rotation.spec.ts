import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../events/events.js';
import { execute, rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { claimsOf, forgeRefreshToken } from '../tokens/forge.js';
import { timePasses } from './time-passes.js';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const LATE_MS = 61 * SECOND_MS;

describe('the rotation of refresh tokens', () => {
  const stack = useStack();

  const refreshed = async (token: string): Promise<LoginBody> => {
    const { status, body } = await stack.refresh(token);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const refused = async (token: string) => {
    const { status, body } = await stack.refresh<{ code: string }>(token);
    return [status, body.code];
  };
  const generationOf = ({ refresh }: LoginBody) => claimsOf(refresh).gen;
  const sessionRow = async ({ refresh }: LoginBody) =>
    (await rows(stack.databaseUrl, `SELECT * FROM sessions WHERE id = '${claimsOf(refresh).sid}'`))[0];
  const change = ({ refresh }: LoginBody, set: string) =>
    execute(stack.databaseUrl, `UPDATE sessions SET ${set} WHERE id = '${claimsOf(refresh).sid}'`);
  const passes = ({ refresh }: LoginBody, ms: number) => timePasses(stack.databaseUrl, refresh, ms);
  const alarms = async ({ refresh }: LoginBody) =>
    (await eventsOf(stack)).filter(
      ({ kind, session_id }) => kind === 'refresh_token_reused' && session_id === claimsOf(refresh).sid,
    ).length;
  /** Checks that none of these tokens refreshes or reads. */
  const expectDead = async (...family: LoginBody[]) => {
    for (const { access, refresh } of family) {
      expect(await refused(refresh)).toEqual([401, 'refresh_token_invalid']);
      expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
    }
  };

  describe.each([
    ['61 seconds', LATE_MS],
    ['an hour', HOUR_MS],
    ['29 days', 29 * DAY_MS],
  ])('after %s', (_, ms) => {
    it('rotates from the parent when one answer was lost', async () => {
      const parent = await stack.loggedIn();
      const lost = await refreshed(parent.refresh);
      await passes(parent, ms);
      const next = await refreshed(parent.refresh);
      expect([generationOf(lost), generationOf(next)]).toEqual([1, 2]);
      expect(generationOf(await refreshed(next.refresh))).toBe(3);
      expect(await alarms(parent)).toBe(0);
    });
  });

  it('rotates from the parent when several answers in a row were lost', async () => {
    const parent = await stack.loggedIn();
    for (let lost = 1; lost <= 4; lost += 1) {
      expect(generationOf(await refreshed(parent.refresh))).toBe(lost);
      await passes(parent, LATE_MS);
    }
    const next = await refreshed(await refreshed(parent.refresh).then(({ refresh }) => refresh));
    expect(generationOf(next)).toBe(6);
    expect(await alarms(parent)).toBe(0);
    expect(await sessionRow(parent)).toMatchObject({ generation: 6, revoked_at: null });
  });

  it('repeats the generation of a late retry within the grace of that retry', async () => {
    const parent = await stack.loggedIn();
    await refreshed(parent.refresh);
    await passes(parent, HOUR_MS);
    expect(generationOf(await refreshed(parent.refresh))).toBe(2);
    expect(generationOf(await refreshed(parent.refresh))).toBe(2);
  });

  it('answers twenty concurrent late retries with one generation', async () => {
    const parent = await stack.loggedIn();
    await refreshed(parent.refresh);
    await passes(parent, HOUR_MS);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshed(parent.refresh)));
    expect(new Set(answers.map(generationOf))).toEqual(new Set([2]));
    expect(await sessionRow(parent)).toMatchObject({ generation: 2, revoked_at: null });
  });

  it('moves the idle end at a late retry like at any refresh', async () => {
    const parent = await stack.loggedIn();
    await refreshed(parent.refresh);
    await passes(parent, 29 * DAY_MS);
    expect((await refreshed(parent.refresh)).refresh_expires_in / 86_400).toBeCloseTo(30, 2);
  });

  it.each([true, false])(
    'accepts the token again if the service was killed before the write, access token used: %s',
    async (isUsed) => {
      const session = await stack.loggedIn();
      if (isUsed) expect((await stack.knock(session.access))[0]).toBe(200);
      // The call stored nothing, and the client sends the same token again later.
      await passes(session, HOUR_MS);
      expect(generationOf(await refreshed(session.refresh))).toBe(1);
      expect(await alarms(session)).toBe(0);
    },
  );

  it('ends the session at an invalidated token, commits that although the call fails, and accepts no token within the grace', async () => {
    const parent = await stack.loggedIn();
    const lost = await refreshed(parent.refresh);
    await passes(parent, LATE_MS);
    const next = await refreshed(parent.refresh);
    expect(await refused(lost.refresh)).toEqual([401, 'refresh_token_reused']);
    expect(await sessionRow(parent)).toMatchObject({ revoked_reason: 'refresh_token_reused' });
    await expectDead(parent, lost, next);
    expect(await alarms(parent)).toBe(1);
  });

  it('ends the session at a token older than the parent, immediately and later', async () => {
    for (const ms of [0, HOUR_MS]) {
      const grandparent = await stack.loggedIn();
      const parent = await refreshed(grandparent.refresh);
      const live = await refreshed(parent.refresh);
      await passes(parent, ms);
      expect(await refused(grandparent.refresh)).toEqual([401, 'refresh_token_reused']);
      await expectDead(grandparent, parent, live);
    }
  });

  it('ends the session at the parent of a generation that a late retry has invalidated', async () => {
    const parent = await stack.loggedIn();
    await refreshed(parent.refresh);
    await passes(parent, LATE_MS);
    const next = await refreshed(parent.refresh);
    await refreshed(next.refresh);
    // The client has used its successor, so the answer was not lost.
    expect(await refused(parent.refresh)).toEqual([401, 'refresh_token_reused']);
  });

  it('refuses a generation newer than a restored row with any parent, and does not end the session', async () => {
    const parent = await stack.loggedIn();
    await refreshed(parent.refresh);
    await passes(parent, LATE_MS);
    const backedUp = await refreshed(parent.refresh);
    const row = await sessionRow(parent);
    const newer = await refreshed((await refreshed(backedUp.refresh)).refresh);
    await change(
      parent,
      ['generation', 'parent_generation', 'parent_of']
        .map((name) => `${name} = ${String(row?.[name])}`)
        .join(),
    );
    expect(await refused(newer.refresh)).toEqual([401, 'refresh_token_invalid']);
    expect(await sessionRow(parent)).toMatchObject({ generation: 2, revoked_at: null });
    expect(generationOf(await refreshed(backedUp.refresh))).toBe(3);
    expect(await alarms(parent)).toBe(0);
  });

  it('refuses a late retry of a disabled user or of a session at its absolute end, and changes nothing', async () => {
    const parent = await stack.loggedIn('disabled');
    await refreshed(parent.refresh);
    await passes(parent, LATE_MS);
    await stack.users.disable(parent.user_id);
    expect(await refused(parent.refresh)).toEqual([403, 'user_disabled']);
    await stack.users.enable(parent.user_id);
    await change(parent, `created_at = created_at - ${180 * DAY_MS}`);
    expect(await refused(parent.refresh)).toEqual([401, 'refresh_token_expired']);
    expect(await sessionRow(parent)).toMatchObject({ generation: 1, revoked_at: null });
  });

  describe('with a row of version 0.1.0', () => {
    /** Updates the row as an instance of 0.1.0 does at a refresh. */
    const rotatesAt010 = async (session: LoginBody): Promise<LoginBody> => {
      await change(session, 'generation = generation + 1');
      const gen = Number((await sessionRow(session))?.['generation']);
      return { ...session, refresh: forgeRefreshToken({ ...claimsOf(session.refresh), gen }) };
    };

    it('uses the previous generation as the parent', async () => {
      const parent = await stack.loggedIn();
      await rotatesAt010(await rotatesAt010(parent));
      await change(parent, 'parent_generation = NULL, parent_of = NULL');
      const first = { ...parent, refresh: forgeRefreshToken({ ...claimsOf(parent.refresh), gen: 1 }) };
      await passes(parent, HOUR_MS);
      expect(generationOf(await refreshed(first.refresh))).toBe(3);
      expect(await refused(parent.refresh)).toEqual([401, 'refresh_token_reused']);
    });

    it('uses the token that 0.1.0 rotated as the parent, also after a late retry', async () => {
      const parent = await stack.loggedIn();
      const lost = await refreshed(parent.refresh);
      await passes(parent, LATE_MS);
      const next = await refreshed(parent.refresh);
      const live = await rotatesAt010(next);
      await passes(parent, LATE_MS);
      expect(generationOf(await refreshed(next.refresh)), 'its answer was lost').toBe(4);
      expect(await refused(live.refresh), 'void now').toEqual([401, 'refresh_token_reused']);
      await expectDead(parent, lost);
    });

    it.each(['the first', 'the lost one'])(
      'ends the session at a token older than the parent: %s',
      async (which) => {
        const parent = await stack.loggedIn();
        const lost = await refreshed(parent.refresh);
        await passes(parent, LATE_MS);
        await rotatesAt010(await refreshed(parent.refresh));
        const old = which === 'the first' ? parent : lost;
        expect(await refused(old.refresh)).toEqual([401, 'refresh_token_reused']);
      },
    );
  });
});

describe('a stolen refresh token', () => {
  const stack = useStack();
  const combinations = ['live', 'parent'].flatMap((stolen) =>
    ['thief', 'owner'].flatMap((first) =>
      ['here', 'elsewhere'].flatMap((thiefUses) =>
        ['here', 'elsewhere'].map((ownerUses) => ({ stolen, first, thiefUses, ownerUses })),
      ),
    ),
  );

  it.each(combinations)(
    'ends the session after at most one refresh of the thief: $stolen token stolen, $first first, thief uses tokens $thiefUses, owner $ownerUses',
    async ({ stolen, first, thiefUses, ownerUses }) => {
      const verify = createLocalJWKSet((await stack.call<JSONWebKeySet>('/.well-known/jwks.json')).body);
      const use = async (where: string, { access }: LoginBody) => {
        if (where === 'here') expect((await stack.knock(access))[0]).toBe(200);
        else expect((await jwtVerify(access, verify)).payload['token_type']).toBe('access');
      };
      const parent = await stack.loggedIn();
      const live = (await stack.refresh(parent.refresh)).body;
      const thief = { held: stolen === 'live' ? live : parent, uses: thiefUses, refreshes: 0 };
      const owner = { held: live, uses: ownerUses, refreshes: 0 };
      const parties = first === 'thief' ? [thief, owner] : [owner, thief];

      let code = '';
      for (let turn = 0; code === '' && turn < 6; turn += 1) {
        await timePasses(stack.databaseUrl, live.refresh, HOUR_MS);
        const party = parties[turn % 2] ?? owner;
        const { status, body } = await stack.refresh(party.held.refresh);
        if (status === 200) {
          Object.assign(party, { held: body, refreshes: party.refreshes + 1 });
          await use(party.uses, body);
        } else code = (body as unknown as { code: string }).code;
      }
      expect(code).toBe('refresh_token_reused');
      expect(thief.refreshes).toBeLessThanOrEqual(1);
      for (const { held } of parties) {
        expect((await stack.refresh(held.refresh)).status).toBe(401);
        expect(await stack.knock(held.access)).toEqual([401, 'token_revoked']);
      }
    },
  );
});
