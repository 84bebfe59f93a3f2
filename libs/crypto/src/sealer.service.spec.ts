import { Config } from '@app/config';
import { describe, expect, it } from 'vitest';
import { KeyringService } from './keyring.service.js';
import { SealerService, UnsealError } from './sealer.service.js';

const SECRET = 'q'.repeat(16) + 'Zr8vLx2mNc5bQw9eTy7u';
const place = { table: 'weixin_identities', column: 'session_key', primaryKey: 'row-1' };
const sealerOf = (SECRET_KEY: string, ...SECRET_KEY_FALLBACKS: string[]) =>
  new SealerService(new KeyringService(Object.assign(new Config(), { SECRET_KEY, SECRET_KEY_FALLBACKS })));

describe('sealing', () => {
  it('gives back what was sealed', () => {
    const sealer = sealerOf(SECRET);
    for (const text of ['', 'a', '会话密钥', 'x'.repeat(5000)]) {
      expect(sealer.unseal(sealer.seal(text, place), place)).toBe(text);
    }
  });

  it('seals the same text differently each time', () => {
    const sealer = sealerOf(SECRET);
    expect(sealer.seal('text', place)).not.toBe(sealer.seal('text', place));
  });

  it.each([
    { ...place, primaryKey: 'row-2' },
    { ...place, column: 'phone' },
    { ...place, table: 'users' },
  ])('does not open at another place: %j', (elsewhere) => {
    const sealer = sealerOf(SECRET);
    const sealed = sealer.seal('text', place);
    expect(() => sealer.unseal(sealed, elsewhere)).toThrow(UnsealError);
  });

  it('does not open after any character was changed', () => {
    const sealer = sealerOf(SECRET);
    const sealed = sealer.seal('text', place);
    // The last base64url character may hold unused bits, so the one before it is the last that counts.
    for (let index = 0; index < sealed.length - 1; index += 1) {
      const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
      expect(() => sealer.unseal(changed, place), `character ${index}`).toThrow(UnsealError);
    }
  });

  it.each(['', 'v1', 'v1.x.', 'v1..AAAA', 'plain text'])('does not open %j', (sealed) => {
    expect(() => sealerOf(SECRET).unseal(sealed, place)).toThrow(UnsealError);
  });

  it('opens what an accepted older secret sealed, and nothing of an unknown one', () => {
    const sealed = sealerOf(SECRET).seal('text', place);
    const newer = SECRET.split('').reverse().join('');
    expect(sealerOf(newer, SECRET).unseal(sealed, place)).toBe('text');
    expect(() => sealerOf(newer).unseal(sealed, place)).toThrow(UnsealError);
  });

  it('says the place and never the text when it does not open', () => {
    const sealed = sealerOf(SECRET).seal('canary', place);
    const open = () => sealerOf('another' + SECRET).unseal(sealed, place);
    expect(open).toThrow('weixin_identities.session_key does not open with this SECRET_KEY');
    expect(open).not.toThrow(/canary/);
  });
});
