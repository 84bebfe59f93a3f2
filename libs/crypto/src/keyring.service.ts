import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '@app/config';

/** A 256-bit key for one purpose. */
export interface DerivedKey {
  /** Fingerprint of the key, 11 characters: the same on every instance and whatever the order of the secrets. */
  readonly id: string;
  readonly key: KeyObject;
}

const SALT = 'weapp-passport';

/**
 * Derives every symmetric key of the service from `SECRET_KEY` and `SECRET_KEY_FALLBACKS`: HKDF-SHA256 (RFC 5869), one
 * `info` per purpose, so that no key says anything about another.
 */
@Injectable()
export class KeyringService {
  private readonly secrets: readonly [string, ...string[]];

  constructor(config: Config) {
    this.secrets = [config.SECRET_KEY, ...config.SECRET_KEY_FALLBACKS];
  }

  /**
   * The keys of one purpose, the first for writing and every one for reading.
   * Derive once and keep them: each call computes them anew.
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
