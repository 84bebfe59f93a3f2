import { describe, expect, it } from 'vitest';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

const PRIVACY = { kind: 'privacy', version: '3' };

interface Refused extends LoginBody {
  code?: string;
  required?: object[];
}

describe('a login of a service that requires a consent', () => {
  const stack = useStack({ CONSENT_REQUIRED: 'privacy:3' });
  const login = async (user: string, consents?: unknown) =>
    stack.login<Refused>({ code: await stack.code(user), ...(consents !== undefined && { consents }) });
  const count = async (table: string) =>
    Number(
      (await rows<{ n: number | string }>(stack.databaseUrl, `SELECT count(*) AS n FROM ${table}`))[0]?.n,
    );
  const given = async (userId: string) =>
    rows(
      stack.databaseUrl,
      `SELECT kind, version, channel, withdrawn_at FROM user_consents WHERE user_id = '${userId}' ORDER BY id`,
    );

  it.each([
    ['none', undefined],
    ['an older version', [{ kind: 'privacy', version: '2' }]],
    ['another kind', [{ kind: 'terms', version: '3' }]],
  ])('is refused with %s, and stores no user, identity, session and consent', async (_, consents) => {
    const { status, body } = await login('ming', consents);
    expect([status, body.code, body.required]).toEqual([403, 'consent_required', [PRIVACY]]);
    for (const table of ['users', 'weixin_identities', 'weixin_unions', 'sessions', 'user_consents'])
      expect(await count(table), table).toBe(0);
  });

  it('stores the consents that it brings, once, and needs none the next time', async () => {
    const first = await login('ming', [PRIVACY, PRIVACY, { kind: 'terms', version: '1.0' }]);
    expect([first.status, first.body.is_new_user]).toEqual([200, true]);
    expect((await login('ming')).status).toBe(200);
    expect((await login('ming', [PRIVACY])).status).toBe(200);
    expect(await given(first.body.user_id)).toEqual([
      { kind: 'privacy', version: '3', channel: 'login', withdrawn_at: null },
      { kind: 'terms', version: '1.0', channel: 'login', withdrawn_at: null },
    ]);
  });

  it.each([
    ['that is no list', 'privacy:3'],
    ['with an unknown member', [{ ...PRIVACY, at: 1 }]],
    ['without a version', [{ kind: 'privacy' }]],
    ['whose kind is no word', [{ kind: 'Privacy policy', version: '3' }]],
    ['eleven times', Array.from({ length: 11 }, () => PRIVACY)],
  ])('refuses a list of consents %s', async (_, consents) => {
    const { status, body } = await login('hong', consents);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
  });

  it('is asked again after the consent was withdrawn, which ends all sessions and no refresh is gated before', async () => {
    const one = (await login('ming')).body;
    const two = (await login('ming')).body;
    expect((await stack.refresh(two.refresh)).status).toBe(200);
    const withdraw = () => stack.call('/api/me/consents/privacy', { method: 'DELETE', token: one.access });
    expect((await withdraw()).status).toBe(204);
    expect(await stack.knock(one.access)).toEqual([401, 'token_revoked']);
    expect((await stack.refresh<Refused>(one.refresh)).body.code).toBe('refresh_token_invalid');
    expect((await login('ming')).body.code).toBe('consent_required');
    expect((await login('ming', [PRIVACY])).status).toBe(200);
    expect(await given(one.user_id)).toMatchObject([
      { kind: 'privacy', withdrawn_at: expect.anything() as number },
      { kind: 'terms', withdrawn_at: null },
      { kind: 'privacy', withdrawn_at: null },
    ]);
  });

  it('continues after the withdrawal of a consent that it does not need', async () => {
    const { access: token } = (await login('ming')).body;
    const call = (method: string, kind: string, json?: unknown) =>
      stack.call(`/api/me/consents/${kind}`, { method, token, json });
    expect((await call('PUT', 'ads', { version: '1' })).body).toMatchObject({
      required: [PRIVACY],
      items: expect.arrayContaining([
        expect.objectContaining({ kind: 'ads', version: '1', channel: 'account', withdrawn_at: null }),
      ]) as object[],
    });
    expect((await call('DELETE', 'ads')).status).toBe(204);
    const again = await call('DELETE', 'ads');
    expect([again.status, again.body['code']]).toEqual([404, 'consent_not_given']);
    expect((await stack.knock(token))[0]).toBe(200);
    expect((await call('PUT', 'Ads%20', { version: '1' })).body['code']).toBe('validation_failed');
    expect((await call('PUT', 'ads', { version: '' })).body['code']).toBe('validation_failed');
  });

  it('stores at most a hundred consents of a user beside the required ones, the newest', async () => {
    const { access: token, user_id: userId } = (await login('bai', [PRIVACY])).body;
    for (let version = 0; version < 105; version += 1)
      await stack.call('/api/me/consents/ads', { method: 'PUT', token, json: { version: String(version) } });
    const stored = await given(userId);
    expect(stored).toHaveLength(101);
    expect(stored[0]).toMatchObject({ kind: 'privacy' });
    expect(stored.at(-1)).toMatchObject({ kind: 'ads', version: '104' });
  });
});
