import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { OutageLog } from '@app/common';
import { Config } from '@app/config';
import { type DerivedKey, KeyringService } from '@app/crypto';
import { Problem } from '@app/problem';
import { KeyStore } from './key-store.service.js';
import type { OpenedKey } from './open-key.js';
import type { SigningKey } from './signing-key.entity.js';
import type { PublicJwk, SigningTokenKey, TokenKey } from './token-key.js';

const RELOAD_EVERY_MS = 1000;

/**
 * The keys of access tokens in memory: ES256 key pairs that follow the database within a second, without a restart, or
 * one HS256 key derived from `SECRET_KEY`.
 */
@Injectable()
export class SigningKeys implements OnModuleInit, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(SigningKeys.name), {
    failing: 'the signing keys',
    recovered: 'the signing keys: works again',
    eachReason: true,
  });
  private keys: ReadonlyMap<string, TokenKey> = new Map();
  private jwks: readonly PublicJwk[] = [];
  private currentKey: SigningTokenKey | undefined;
  private hasLoaded = false;
  private loaded = '';
  private asked: Promise<boolean> = Promise.resolve(true);
  private lastAskedForAt = -Infinity;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly keyring: KeyringService,
    private readonly store: KeyStore,
  ) {}

  /**
   * A database that does not answer yet does not stop the start: the keys are loaded when it does.
   * @throws {UnsealError}
   * @throws {KeyMismatchError}
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
   * The key that signs.
   * @throws {Problem} `database_unavailable` while the database has one that this instance cannot open
   */
  get current(): SigningTokenKey {
    if (!this.currentKey) throw unavailable();
    return this.currentKey;
  }

  /** Whether a `kid` names one of our keys, as far as we know now. */
  has(kid: string): boolean {
    return this.keys.has(kid);
  }

  /**
   * What other back ends verify with; empty with HS256.
   * @throws {Problem} `database_unavailable` before the keys were read: an empty answer would be remembered for minutes
   */
  publicKeys(): readonly PublicJwk[] {
    if (!this.hasLoaded) throw unavailable();
    return this.jwks;
  }

  /**
   * The key a token's `kid` names, if it is one of ours. An unknown one may be newer than our last look, so it makes us
   * look again, but never more than once a second: anyone can send any `kid`.
   * @throws {Problem} `database_unavailable` if that look fails or a key is refused: the token may well be good
   */
  async find(kid: string): Promise<TokenKey | undefined> {
    const key = this.keys.get(kid);
    if (key || this.config.JWT_ALGORITHM === 'HS256') return key;
    if (performance.now() - this.lastAskedForAt > RELOAD_EVERY_MS) {
      this.lastAskedForAt = performance.now();
      this.asked = this.tryLoad();
    }
    if (!(await this.asked)) throw unavailable();
    return this.keys.get(kid);
  }

  private useDerivedKeys(): void {
    const [current, ...older] = this.keyring.keysFor('access-token');
    this.currentKey = derivedKey(current);
    this.keys = new Map([this.currentKey, ...older.map(derivedKey)].map((key) => [key.id, key]));
  }

  /** With HS256 the database matters once: opening the stored keys is how a start notices a wrong `SECRET_KEY`. */
  private schedule(): void {
    if (this.stopped || (this.hasLoaded && this.config.JWT_ALGORITHM === 'HS256')) return;
    this.timer = setTimeout(() => {
      void this.tryLoad().then(() => {
        this.schedule();
      });
    }, RELOAD_EVERY_MS).unref();
  }

  /** A database that does not answer leaves the keys as they are: they go on signing and verifying. */
  private async tryLoad(): Promise<boolean> {
    try {
      await this.load();
      this.outage.worked();
      return true;
    } catch (error) {
      this.outage.failed((error as Error).message);
      return false;
    }
  }

  private async load(): Promise<void> {
    if (!this.hasLoaded) await this.store.fill();
    if (this.config.JWT_ALGORITHM === 'ES256') await this.follow();
    this.hasLoaded = true;
  }

  private async follow(): Promise<void> {
    const rows = await this.store.list();
    const seen = rows.map(({ id, state }) => `${id} ${state}`).join();
    if (seen === this.loaded) return;
    // A refused key is read again until it is restored.
    this.loaded = '';
    this.use(rows);
    this.loaded = seen;
  }

  /**
   * Uses the keys that open; one that does not is neither published nor believed.
   * @throws {UnsealError | KeyMismatchError} the first of those, after all others are in use
   */
  private use(rows: readonly SigningKey[]): void {
    const opened: (OpenedKey & { row: SigningKey })[] = [];
    const refused: unknown[] = [];
    for (const row of rows) {
      try {
        opened.push({ row, ...this.store.open(row) });
      } catch (error) {
        refused.push(error);
      }
    }
    this.keys = new Map(
      opened.map(({ row: { id }, verifyWith }) => [id, { id, algorithm: 'ES256', verifyWith }]),
    );
    this.jwks = opened.map(({ jwk }) => jwk);
    const current = opened.find(({ row }) => row.state === 'current');
    this.currentKey = current && {
      id: current.row.id,
      algorithm: 'ES256',
      verifyWith: current.verifyWith,
      signWith: current.signWith,
    };
    if (refused.length > 0) throw refused[0];
  }
}

const derivedKey = ({ id, key }: DerivedKey): SigningTokenKey => ({
  id,
  algorithm: 'HS256',
  signWith: key,
  verifyWith: key,
});

const unavailable = () => new Problem('database_unavailable', { retryAfterSeconds: 5 });
