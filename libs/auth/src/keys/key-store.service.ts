import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Sealer } from '@app/crypto';
import { Database, DATABASE_NOW } from '@app/database';
import { generateKeyPair } from './key-pair.js';
import { type KeyState, SigningKey } from './signing-key.entity.js';
import type { PublicJwk, TokenKey } from './token-key.js';

/** Everyone who caches the JWKS has a key by then: its max-age is 300 s. */
export const PUBLISHED_BEFORE_USE_SECONDS = 360;

/** What became of the wish to rotate. */
export interface RotationResult {
  readonly rotated: boolean;
  /** Seconds until `next` was published long enough. */
  readonly waitSeconds: number;
}

/** The signing keys in the database. */
@Injectable()
export class KeyStore {
  constructor(
    @InjectRepository(SigningKey) private readonly keys: Repository<SigningKey>,
    private readonly sealer: Sealer,
    private readonly database: Database,
  ) {}

  list(): Promise<SigningKey[]> {
    return this.keys.find({ order: { createdAt: 'ASC' } });
  }

  /** @throws {UnsealError} */
  open(row: SigningKey): { key: TokenKey; jwk: PublicJwk } {
    const publicJwk = JSON.parse(row.publicJwk) as JsonWebKey;
    const privateJwk = JSON.parse(this.sealer.unseal(row.privateKey, placeOf(row.id))) as JsonWebKey;
    return {
      key: {
        id: row.id,
        algorithm: 'ES256',
        signWith: createPrivateKey({ key: privateJwk, format: 'jwk' }),
        verifyWith: createPublicKey({ key: publicJwk, format: 'jwk' }),
      },
      jwk: { ...publicJwk, kid: row.id, alg: 'ES256', use: 'sig' },
    };
  }

  /**
   * Makes the keys that are missing.
   * @throws {UnsealError} when a stored key does not open: a new one over it would hide a lost `SECRET_KEY`
   */
  async fill(): Promise<void> {
    await this.database.write(async (manager) => {
      const rows = await manager.find(SigningKey);
      for (const row of rows) this.open(row);
      for (const state of ['current', 'next'] as const) {
        if (!rows.some((row) => row.state === state)) await this.add(manager, state);
      }
    });
  }

  /** `next` becomes `current`, if it was published long enough, `current` becomes `previous`, and a new `next` is made. */
  rotate(): Promise<RotationResult> {
    return this.database.write(async (manager) => {
      const { age } = await manager
        .createQueryBuilder(SigningKey, 'key')
        .select(`${DATABASE_NOW} - key.createdAt`, 'age')
        .where({ state: 'next' })
        .getRawOne<{ age: number | string }>()
        .then((row) => row ?? { age: 0 });
      const waitSeconds = Math.ceil(PUBLISHED_BEFORE_USE_SECONDS - Number(age) / 1000);
      if (waitSeconds > 0) return { rotated: false, waitSeconds };
      await manager.delete(SigningKey, { state: 'previous' });
      await manager.update(SigningKey, { state: 'current' }, { state: 'previous' });
      await this.promoteNext(manager);
      return { rotated: true, waitSeconds: 0 };
    });
  }

  /** Drops `current` and `previous` at once: every token they signed is void. `next` signs from now on. */
  async dropCompromised(): Promise<void> {
    await this.database.write(async (manager) => {
      await manager.delete(SigningKey, { state: 'previous' });
      await manager.delete(SigningKey, { state: 'current' });
      await this.promoteNext(manager);
    });
  }

  /** Drops `previous`: tokens it signed are void. @returns false where there is none */
  async retire(): Promise<boolean> {
    const { affected } = await this.database.write((manager) =>
      manager.delete(SigningKey, { state: 'previous' }),
    );
    return affected === 1;
  }

  /** Seals anew what a fallback of `SECRET_KEY` sealed. @returns how many keys */
  reseal(): Promise<number> {
    return this.database.write(async (manager) => {
      const stale = (await manager.find(SigningKey)).filter((row) => !this.sealer.isCurrent(row.privateKey));
      for (const { id, privateKey } of stale) {
        const opened = this.sealer.unseal(privateKey, placeOf(id));
        await manager.update(SigningKey, { id }, { privateKey: this.sealer.seal(opened, placeOf(id)) });
      }
      return stale.length;
    });
  }

  private async promoteNext(manager: EntityManager): Promise<void> {
    await manager.update(SigningKey, { state: 'next' }, { state: 'current' });
    await this.add(manager, 'next');
  }

  private async add(manager: EntityManager, state: KeyState): Promise<void> {
    const { id, publicJwk, privateJwk } = generateKeyPair();
    await manager
      .createQueryBuilder()
      .insert()
      .into(SigningKey)
      .values({
        id,
        state,
        publicJwk: JSON.stringify(publicJwk),
        privateKey: this.sealer.seal(JSON.stringify(privateJwk), placeOf(id)),
        createdAt: () => DATABASE_NOW,
      })
      .updateEntity(false)
      .execute();
  }
}

const placeOf = (id: string) => ({ table: 'signing_keys', column: 'private_key', primaryKey: id });
