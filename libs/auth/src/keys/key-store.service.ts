import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Config } from '@app/config';
import { SealerService } from '@app/crypto';
import { Database, databaseNow, lockRows } from '@app/database';
import { generateKeyPair } from './key-pair.js';
import { openKey, type OpenedKey, placeOf } from './open-key.js';
import { type KeyState, SigningKey } from './signing-key.entity.js';

/** Everyone who caches the JWKS has a key by then: its max-age is 300 s. */
const PUBLISHED_BEFORE_USE_SECONDS = 360;
/** Clocks of instances may differ by this much. */
const MARGIN_SECONDS = 60;

/** What became of the wish to change the keys. */
export interface KeyChange {
  readonly done: boolean;
  /** Seconds until it can be done; 0 when it is, or when there is nothing to do. */
  readonly waitSeconds: number;
}

/** The signing keys in the database. */
@Injectable()
export class KeyStore {
  constructor(
    @InjectRepository(SigningKey) private readonly keys: Repository<SigningKey>,
    private readonly config: Config,
    private readonly sealer: SealerService,
    private readonly database: Database,
  ) {}

  list(): Promise<SigningKey[]> {
    return this.keys.find({ order: { createdAt: 'ASC' } });
  }

  /**
   * @throws {UnsealError}
   * @throws {KeyMismatchError}
   */
  open(row: SigningKey): OpenedKey {
    return openKey(this.sealer, row);
  }

  /**
   * Makes the keys that are missing.
   * @throws {UnsealError} when a stored key does not open: a new one over it would hide a lost `SECRET_KEY`
   * @throws {KeyMismatchError}
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

  /**
   * `next` becomes `current`, `current` becomes `previous`, and a new `next` is made. Not before `next` was published long
   * enough, nor while tokens of the last `previous` may live.
   */
  rotate(): Promise<KeyChange> {
    const lastTokens = this.config.ACCESS_TOKEN_TTL_SECONDS + MARGIN_SECONDS;
    return this.change(async (manager) => {
      const waitSeconds = await secondsUntil(manager, Math.max(PUBLISHED_BEFORE_USE_SECONDS, lastTokens));
      if (waitSeconds > 0) return { done: false, waitSeconds };
      await manager.delete(SigningKey, { state: 'previous' });
      await manager.update(SigningKey, { state: 'current' }, { state: 'previous' });
      await this.promoteNext(manager);
      return { done: true, waitSeconds: 0 };
    });
  }

  /** Drops `current` and `previous` at once: every token they signed is void. `next` signs from now on. */
  async dropCompromised(): Promise<void> {
    await this.change(async (manager) => {
      await manager.delete(SigningKey, { state: 'previous' });
      await manager.delete(SigningKey, { state: 'current' });
      await this.promoteNext(manager);
    });
  }

  /** Drops `previous`, once the last token it signed has expired. Not done where there is none. */
  retire(): Promise<KeyChange> {
    return this.change(async (manager) => {
      if (!(await manager.existsBy(SigningKey, { state: 'previous' })))
        return { done: false, waitSeconds: 0 };
      const waitSeconds = await secondsUntil(manager, this.config.ACCESS_TOKEN_TTL_SECONDS + MARGIN_SECONDS);
      if (waitSeconds === 0) await manager.delete(SigningKey, { state: 'previous' });
      return { done: waitSeconds === 0, waitSeconds };
    });
  }

  /** Seals anew what a fallback of `SECRET_KEY` sealed. @returns how many keys */
  reseal(): Promise<number> {
    return this.change(async (manager) => {
      const stale = (await manager.find(SigningKey)).filter((row) => !this.sealer.isCurrent(row.privateKey));
      for (const { id, privateKey } of stale) {
        const opened = this.sealer.unseal(privateKey, placeOf(id));
        await manager.update(SigningKey, { id }, { privateKey: this.sealer.seal(opened, placeOf(id)) });
      }
      return stale.length;
    });
  }

  /** One change of the keys after the other, whichever instance makes them: each looks at what the last one left. */
  private change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.write(async (manager) => {
      await lockRows(manager, SigningKey, {});
      return work(manager);
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
        createdAt: () => databaseNow(manager),
      })
      .updateEntity(false)
      .execute();
  }
}

/** How long until the last rotation, at which `next` was made, is `age` seconds ago. */
async function secondsUntil(manager: EntityManager, age: number): Promise<number> {
  const row = await manager
    .createQueryBuilder(SigningKey, 'key')
    .select(`${databaseNow(manager)} - key.createdAt`, 'age')
    .where({ state: 'next' })
    .getRawOne<{ age: number | string }>();
  return Math.max(0, Math.ceil(age - Number(row?.age ?? 0) / 1000));
}
