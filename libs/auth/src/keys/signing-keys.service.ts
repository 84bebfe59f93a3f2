import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { OutageLog } from '@app/common';
import { Config } from '@app/config';
import { type DerivedKey, KeyringService } from '@app/crypto';
import { Problem } from '@app/problem';
import { SigningKeyStoreService } from './signing-key-store.service.js';
import type { OpenedKey } from './open-key.js';
import type { SigningKey } from './signing-key.entity.js';
import type { PublicJwk, TokenKey } from './token-key.js';

const RELOAD_EVERY_MS = 1000;

/**
 * Holds the keys of access tokens in memory: ES256 key pairs, reloaded from the database every second, or HS256 keys
 * derived from `SECRET_KEY`.
 */
@Injectable()
export class SigningKeysService implements OnModuleInit, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(SigningKeysService.name), {
    failing: 'the signing keys',
    recovered: 'the signing keys are read again',
    eachReason: true,
  });
  private keys: ReadonlyMap<string, TokenKey> = new Map();
  private jwks: readonly PublicJwk[] = [];
  private currentKey: TokenKey | undefined;
  private hasLoaded = false;
  private loadedKeys = '';
  private reload: Promise<boolean> = Promise.resolve(true);
  private lastReloadAt = -Infinity;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly keyring: KeyringService,
    private readonly store: SigningKeyStoreService,
  ) {}

  /**
   * Loads the keys. A database that does not answer yet does not stop the start: the next reload tries again.
   * @throws {UnsealError | KeyMismatchError}
   */
  async onModuleInit(): Promise<void> {
    if (this.config.JWT_ALGORITHM === 'HS256') this.useDerivedKeys();
    try {
      await this.load();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    this.schedule();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /**
   * Returns the key that signs.
   * @throws {Problem} `database_unavailable` while this instance cannot read or open the current key
   */
  get current(): TokenKey {
    if (!this.currentKey) throw unavailable();
    return this.currentKey;
  }

  /** Returns whether a `kid` names a key that was in the last reload. */
  has(kid: string): boolean {
    return this.keys.has(kid);
  }

  /**
   * Returns the keys that other back ends verify with; none with HS256.
   * @throws {Problem} `database_unavailable` before the first load: clients would cache an empty answer for minutes
   */
  publicKeys(): readonly PublicJwk[] {
    if (!this.hasLoaded) throw unavailable();
    return this.jwks;
  }

  /**
   * Returns the key of a token's `kid`; undefined if this service has no such key. An unknown `kid` may be newer than the
   * last reload, so it causes another one, at most once a second: clients can send any `kid`.
   * @throws {Problem} `database_unavailable` if that reload fails or a key is refused: the token may be valid
   */
  async find(kid: string): Promise<TokenKey | undefined> {
    const key = this.keys.get(kid);
    if (key || this.config.JWT_ALGORITHM === 'HS256') return key;
    if (performance.now() - this.lastReloadAt > RELOAD_EVERY_MS) {
      this.lastReloadAt = performance.now();
      this.reload = this.tryLoad();
    }
    if (!(await this.reload)) throw unavailable();
    return this.keys.get(kid);
  }

  private useDerivedKeys(): void {
    const [current, ...older] = this.keyring.keysFor('access-token');
    this.currentKey = derivedKey(current);
    this.keys = new Map([this.currentKey, ...older.map(derivedKey)].map((key) => [key.id, key]));
  }

  /** With HS256 the keys are loaded once only: opening them detects a wrong `SECRET_KEY` at the start. */
  private schedule(): void {
    if (this.stopped || (this.hasLoaded && this.config.JWT_ALGORITHM === 'HS256')) return;
    this.timer = setTimeout(() => {
      void this.tryLoad().then(() => {
        this.schedule();
      });
    }, RELOAD_EVERY_MS).unref();
  }

  /** Reloads the keys. If the database does not answer, the keys in memory stay in use. */
  private async tryLoad(): Promise<boolean> {
    try {
      await this.load();
      this.outage.succeeded();
      return true;
    } catch (error) {
      this.outage.failed((error as Error).message);
      return false;
    }
  }

  private async load(): Promise<void> {
    if (!this.hasLoaded) await this.store.fill();
    if (this.config.JWT_ALGORITHM === 'ES256') await this.reloadFromStore();
    this.hasLoaded = true;
  }

  private async reloadFromStore(): Promise<void> {
    const rows = await this.store.list();
    const seen = rows.map(({ id, state }) => `${id} ${state}`).join();
    if (seen === this.loadedKeys) return;
    // Cleared, so that a refused key is read again until it is restored.
    this.loadedKeys = '';
    this.use(rows);
    this.loadedKeys = seen;
  }

  /**
   * Uses the keys that open. A key that does not open is neither published nor used to verify.
   * @throws {UnsealError | KeyMismatchError} of the first refused key, after all others are in use
   */
  private use(rows: readonly SigningKey[]): void {
    const opened: OpenedKey[] = [];
    const refused: unknown[] = [];
    for (const row of rows) {
      try {
        opened.push(this.store.open(row));
      } catch (error) {
        refused.push(error);
      }
    }
    this.keys = new Map(opened.map((key) => [key.id, key]));
    this.jwks = opened.map(({ jwk }) => jwk);
    this.currentKey = this.keys.get(rows.find(({ state }) => state === 'current')?.id ?? '');
    if (refused.length > 0) throw refused[0];
  }
}

const derivedKey = ({ id, key }: DerivedKey): TokenKey => ({
  id,
  algorithm: 'HS256',
  signWith: key,
  verifyWith: key,
});

const unavailable = () => new Problem('database_unavailable', { retryAfterSeconds: 5 });
