import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config, type JwtAlgorithm } from '@app/config';
import { type DerivedKey, Keyring, Sealer } from '@app/crypto';
import { Database, insertRow } from '@app/database';
import { generateKeyPair } from './key-pair.js';
import { SigningKey } from './signing-key.entity.js';

/** A key in memory. KeyObjects, because jsonwebtoken needs 300 µs more a call for keys given as text. */
export interface TokenKey {
  /** `kid` of the token's header. */
  readonly id: string;
  readonly algorithm: JwtAlgorithm;
  readonly signWith: KeyObject;
  readonly verifyWith: KeyObject;
}

/** The public half of a key as JWKS lists it (RFC 7517). */
export type PublicJwk = JsonWebKey & { kid: string; alg: string; use: 'sig' };

/** The keys of access tokens: ES256 key pairs kept sealed in the database, or one HS256 key derived from `SECRET_KEY`. */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private readonly keys = new Map<string, TokenKey>();
  private jwks: readonly PublicJwk[] = [];
  private currentKey?: TokenKey;

  constructor(
    private readonly config: Config,
    private readonly keyring: Keyring,
    private readonly sealer: Sealer,
    private readonly database: Database,
  ) {}

  /** @throws {UnsealError} when the stored key does not open: a new one over it would hide a lost `SECRET_KEY` */
  async onModuleInit(): Promise<void> {
    if (this.config.jwtAlgorithm === 'HS256') this.useDerivedKeys();
    else this.useStoredKey(await this.database.write((manager) => this.findOrCreate(manager)));
  }

  /** The key that signs. */
  get current(): TokenKey {
    if (!this.currentKey) throw new Error('the signing keys are not loaded yet');
    return this.currentKey;
  }

  /** The key a token's `kid` names, if it is one of ours. */
  find(kid: string): TokenKey | undefined {
    return this.keys.get(kid);
  }

  /** What other back ends verify with; empty with HS256. */
  publicKeys(): readonly PublicJwk[] {
    return this.jwks;
  }

  private useDerivedKeys(): void {
    const [current, ...older] = this.keyring.keysFor('access-token');
    this.currentKey = derivedKey(current);
    for (const key of [this.currentKey, ...older.map(derivedKey)]) this.keys.set(key.id, key);
  }

  private useStoredKey(row: SigningKey): void {
    const publicJwk = JSON.parse(row.publicJwk) as JsonWebKey;
    const privateJwk = JSON.parse(this.sealer.unseal(row.privateKey, placeOf(row.id))) as JsonWebKey;
    this.currentKey = {
      id: row.id,
      algorithm: 'ES256',
      signWith: createPrivateKey({ key: privateJwk, format: 'jwk' }),
      verifyWith: createPublicKey({ key: publicJwk, format: 'jwk' }),
    };
    this.keys.set(row.id, this.currentKey);
    this.jwks = [{ ...publicJwk, kid: row.id, alg: 'ES256', use: 'sig' }];
  }

  private async findOrCreate(manager: EntityManager): Promise<SigningKey> {
    const stored = await manager.findOneBy(SigningKey, { state: 'current' });
    if (stored) return stored;
    const { id, publicJwk, privateJwk } = generateKeyPair();
    const row: SigningKey = {
      id,
      state: 'current',
      publicJwk: JSON.stringify(publicJwk),
      privateKey: this.sealer.seal(JSON.stringify(privateJwk), placeOf(id)),
      createdAt: Date.now(),
    };
    await insertRow(manager, SigningKey, row);
    return row;
  }
}

const derivedKey = ({ id, key }: DerivedKey): TokenKey => ({
  id,
  algorithm: 'HS256',
  signWith: key,
  verifyWith: key,
});

const placeOf = (id: string) => ({ table: 'signing_keys', column: 'private_key', primaryKey: id });
