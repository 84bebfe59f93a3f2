import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, type Repository } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { Config } from '@app/config';
import { SealerService } from '@app/crypto';
import { Database, databaseNow, lockRows } from '@app/database';
import { generateKeyPair } from './key-pair.js';
import { openKey, type OpenedKey, privateKeyColumn } from './open-key.js';
import { type KeyState, SigningKey } from './signing-key.entity.js';

/** Every cache of the JWKS has a key by then: its max-age is 300 s. */
const PUBLISHED_BEFORE_USE_SECONDS = 360;
/** Clocks of instances may differ by this much. */
const MARGIN_SECONDS = 60;

/** The result of a rotation or a retirement. */
export interface KeyChangeResult {
  readonly done: boolean;
  /** Seconds until the change is possible; 0 if it is done, or if there is nothing to do. */
  readonly waitSeconds: number;
}

/** Stores the signing keys in the database, and rotates them. */
@Injectable()
export class SigningKeyStoreService {
  constructor(
    @InjectRepository(SigningKey) private readonly keys: Repository<SigningKey>,
    private readonly config: Config,
    private readonly sealer: SealerService,
    private readonly database: Database,
    private readonly events: AuthEventsService,
  ) {}

  list(): Promise<SigningKey[]> {
    return this.keys.find({ order: { createdAt: 'ASC' } });
  }

  /** @throws {UnsealError | KeyMismatchError} */
  open(row: SigningKey): OpenedKey {
    return openKey(this.sealer, row);
  }

  /**
   * Generates the keys that are missing.
   * @throws {UnsealError | KeyMismatchError} if a stored key does not open: a new key would hide a lost `SECRET_KEY`
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
   * Makes `next` current, `current` previous, and generates a new `next`. Not before `next` was published long enough, nor
   * while tokens of the last `previous` may be valid.
   * @param actor the service account that does it
   */
  rotate(actor?: string): Promise<KeyChangeResult> {
    const lastTokens = this.config.ACCESS_TOKEN_TTL_SECONDS + MARGIN_SECONDS;
    return this.change(async (manager) => {
      const waitSeconds = await secondsUntil(manager, Math.max(PUBLISHED_BEFORE_USE_SECONDS, lastTokens));
      if (waitSeconds > 0) return { done: false, waitSeconds };
      await manager.delete(SigningKey, { state: 'previous' });
      await manager.update(SigningKey, { state: 'current' }, { state: 'previous' });
      await this.promoteNext(manager);
      await this.events.write(manager, { kind: 'signing_keys_rotated', actor });
      return { done: true, waitSeconds: 0 };
    });
  }

  /**
   * Deletes `current` and `previous` immediately: every token that they signed becomes invalid. `next` signs from now on.
   * @param named only if one of the two has this id: a second call must not delete the keys that the first one made current
   * @returns false if neither has it
   */
  dropCompromised(named: { id?: string; actor?: string } = {}): Promise<boolean> {
    const { id, actor } = named;
    return this.change(async (manager) => {
      const used = await manager.findBy(SigningKey, { state: In(['current', 'previous']) });
      if (id !== undefined && !used.some((key) => key.id === id)) return false;
      await manager.delete(SigningKey, { state: 'previous' });
      await manager.delete(SigningKey, { state: 'current' });
      await this.promoteNext(manager);
      await this.events.write(manager, { kind: 'signing_keys_rotated', actor, detail: 'compromised' });
      return true;
    });
  }

  /** Deletes `previous` after the last token that it signed has expired. Does nothing if there is no `previous`. */
  retire(): Promise<KeyChangeResult> {
    return this.change(async (manager) => {
      if (!(await manager.existsBy(SigningKey, { state: 'previous' })))
        return { done: false, waitSeconds: 0 };
      const waitSeconds = await secondsUntil(manager, this.config.ACCESS_TOKEN_TTL_SECONDS + MARGIN_SECONDS);
      if (waitSeconds === 0) await manager.delete(SigningKey, { state: 'previous' });
      return { done: waitSeconds === 0, waitSeconds };
    });
  }

  /** Seals again what a fallback of `SECRET_KEY` sealed. @returns the number of keys */
  reseal(): Promise<number> {
    return this.change(async (manager) => {
      const stale = (await manager.find(SigningKey)).filter((row) => !this.sealer.isCurrent(row.privateKey));
      for (const { id, privateKey } of stale) {
        await manager.update(
          SigningKey,
          { id },
          { privateKey: this.sealer.reseal(privateKey, privateKeyColumn(id)) },
        );
      }
      return stale.length;
    });
  }

  /** Runs one change at a time, among all instances: each sees the result of the one before. */
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
        privateKey: this.sealer.seal(JSON.stringify(privateJwk), privateKeyColumn(id)),
        createdAt: () => databaseNow(manager),
      })
      .updateEntity(false)
      .execute();
  }
}

/** Returns how long until the last rotation, which generated `next`, is `age` seconds ago. */
async function secondsUntil(manager: EntityManager, age: number): Promise<number> {
  const row = await manager
    .createQueryBuilder(SigningKey, 'key')
    .select(`${databaseNow(manager)} - key.createdAt`, 'age')
    .where({ state: 'next' })
    .getRawOne<{ age: number | string }>();
  return Math.max(0, Math.ceil(age - Number(row?.age ?? 0) / 1000));
}
