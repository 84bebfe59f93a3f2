import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { eventOf, knownPerson, makePush, revoked, send } from './weixin.js';

/** Faults that released SDKs for WeChat had in their handling of pushes. */
describe('the handling of pushes', () => {
  const stack = useStack();

  it('decrypts JSON in safe mode', async () => {
    const { openid, profile } = await knownPerson(stack);
    await send(stack, makePush(revoked(openid, '8'), { format: 'json' }));
    expect(await profile()).toMatchObject({ phone: null });
  });

  it.each(['xml', 'json'] as const)('verifies msg_signature before it decrypts %s', async (format) => {
    const { openid, profile } = await knownPerson(stack);
    for (const query of [
      { msg_signature: '0'.repeat(40) },
      { msg_signature: undefined },
      { msg_signature: '' },
    ]) {
      const answer = await send(stack, makePush(revoked(openid, '8'), { format, query }));
      expect([answer.status, answer.body['code']]).toEqual([403, 'push_signature_invalid']);
    }
    expect(await profile()).not.toMatchObject({ phone: null });
  });

  it('takes no signature for a msg_signature, nor the other way round', async () => {
    const { openid, profile } = await knownPerson(stack);
    const push = makePush(revoked(openid, '8'));
    const query = new URLSearchParams(push.path.split('?')[1]);
    const [signature, msgSignature] = [query.get('signature') ?? '', query.get('msg_signature') ?? ''];
    const swapped = { ...push, path: push.path.replace(msgSignature, signature) };
    expect((await send(stack, swapped)).body['code']).toBe('push_signature_invalid');
    const plain = makePush(revoked(openid, '8'), { mode: 'plain', query: { signature: msgSignature } });
    expect((await send(stack, plain)).body['code']).toBe('push_signature_invalid');
    expect(await profile()).not.toMatchObject({ phone: null });
  });

  it('does not need a signature beside a good msg_signature', async () => {
    const { openid, profile } = await knownPerson(stack);
    await send(stack, makePush(revoked(openid, '8'), { query: { signature: undefined } }));
    expect(await profile()).toMatchObject({ phone: null });
  });

  it.each<[string, (encrypted: string) => string]>([
    ['around it', (encrypted) => ` \n${encrypted}\n `],
    ['for each plus sign', (encrypted) => encrypted.replaceAll('+', ' ')],
    ['between its parts', (encrypted) => encrypted.replace(/.{76}/g, '$&\n')],
  ])('reads Encrypt with white space %s', async (_, respell) => {
    const { openid, profile } = await knownPerson(stack);
    for (const format of ['xml', 'json'] as const)
      expect((await send(stack, makePush(revoked(openid, '8'), { format, respell }))).status).toBe(200);
    expect(await profile()).toMatchObject({ phone: null });
  });

  it.each(['xml', 'json'] as const)(
    'reads Encrypt with a space for the plus sign it begins with, as %s',
    async (format) => {
      const { openid, profile } = await knownPerson(stack);
      let respelled = '';
      const respell = (encrypted: string) => (respelled = encrypted.replaceAll('+', ' '));
      let push = makePush(revoked(openid, '8'), { format, respell });
      while (!respelled.startsWith(' ')) push = makePush(revoked(openid, '8'), { format, respell });
      expect((await send(stack, push)).status).toBe(200);
      expect(await profile()).toMatchObject({ phone: null });
    },
  );

  it('reads keys that begin with a space, as in the samples of WeChat’s documents', async () => {
    const { openid, profile } = await knownPerson(stack);
    const members = Object.fromEntries(
      Object.entries(revoked(openid, '8')).map(([key, value]) => [` ${key}`, value]),
    );
    await send(stack, makePush(members, { format: 'json' }));
    expect(await profile()).toMatchObject({ phone: null });
  });

  it.each(['xml', 'json'] as const)('reads %s that is sent as text/plain', async (format) => {
    const { openid, profile } = await knownPerson(stack);
    const contentType = 'text/plain; charset=utf-8';
    expect((await send(stack, makePush(revoked(openid, '8'), { format, contentType }))).status).toBe(200);
    expect(await profile()).toMatchObject({ phone: null });
  });

  it.each(['0000000042', '1372623149000000000', '9223372036854775808', '1e5'])(
    'treats the nonce %s as a text',
    async (nonce) => {
      for (const mode of ['plain', 'safe'] as const) {
        const push = makePush(eventOf('o-unknown', 'user_info_modified'), { nonce, mode });
        expect((await send(stack, push)).text).toBe('success');
      }
      const timestamp = `0${Math.floor(Date.now() / 1000)}`;
      expect((await send(stack, makePush(revoked('o-unknown', '8'), { nonce, timestamp }))).text).toBe(
        'success',
      );
    },
  );
});
