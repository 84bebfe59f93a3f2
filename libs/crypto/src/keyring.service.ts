import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '@app/config';

/** A 256-bit key for one purpose. */
export interface DerivedKey {
  /** Fingerprint of the key, 11 characters. The same on every instance, in any order of the secrets. */
  readonly id: string;
  readonly key: KeyObject;
}

const SALT = 'weapp-passport';

/**
 * Derives every symmetric key of the service from `SECRET_KEY` and `SECRET_KEY_FALLBACKS` by HKDF-SHA256 (RFC 5869). Each
 * purpose has its own `info`, so no key can be computed from another.
 */
@Injectable()
export class KeyringService {
  private readonly secrets: readonly [string, ...string[]];

  constructor(config: Config) {
    this.secrets = [config.SECRET_KEY, ...config.SECRET_KEY_FALLBACKS];
  }

  /**
   * Returns the keys of one purpose: the first encrypts or signs, all of them decrypt or verify.
   * Each call computes the keys again, so callers store the result.
   */
  keysFor(purpose: string): readonly [DerivedKey, ...DerivedKey[]] {
    const [current, ...older] = this.secrets;
    return [derive(current, purpose), ...older.map((secret) => derive(secret, purpose))];
  }
}

function derive(secret: string, purpose: string): DerivedKey {
  const bytes = Buffer.from(hkdfSync('sha256', secret, SALT, purpose, 32));
  return {
    id: createHash('sha256').update(bytes).digest('base64url').slice(0, 11),
    key: createSecretKey(bytes),
  };
}
