import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Config } from '@app/config';
import { type DerivedKey, Keyring } from '@app/crypto';
import { KeyStore } from './key-store.service.js';
import type { SigningKey } from './signing-key.entity.js';
import type { PublicJwk, TokenKey } from './token-key.js';

const RELOAD_EVERY_MS = 1000;

/**
 * The keys of access tokens in memory: ES256 key pairs that follow the database within a second, without a restart, or
 * one HS256 key derived from `SECRET_KEY`.
 */
@Injectable()
export class SigningKeys implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(SigningKeys.name);
  private keys: ReadonlyMap<string, TokenKey> = new Map();
  private jwks: readonly PublicJwk[] = [];
  private currentKey?: TokenKey;
  private loaded = '';
  private lastReloadAt = -Infinity;
  private timer?: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly keyring: Keyring,
    private readonly store: KeyStore,
  ) {}

  /** @throws {UnsealError} */
  async onModuleInit(): Promise<void> {
    // With HS256 too: opening the stored keys is how a start notices a wrong SECRET_KEY.
    await this.store.fill();
    if (this.config.jwtAlgorithm === 'HS256') {
      this.useDerivedKeys();
      return;
    }
    await this.reload();
    this.schedule();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The key that signs. */
  get current(): TokenKey {
    if (!this.currentKey) throw new Error('the signing keys are not loaded yet');
    return this.currentKey;
  }

  /** Whether a `kid` names one of our keys, as far as we know now. */
  has(kid: string): boolean {
    return this.keys.has(kid);
  }

  /** What other back ends verify with; empty with HS256. */
  publicKeys(): readonly PublicJwk[] {
    return this.jwks;
  }

  /**
   * The key a token's `kid` names, if it is one of ours. An unknown one may be newer than our last look, so it makes us
   * look again, but never more than once a second: anyone can send any `kid`.
   */
  async find(kid: string): Promise<TokenKey | undefined> {
    const key = this.keys.get(kid);
    const mayReload =
      this.config.jwtAlgorithm === 'ES256' && performance.now() - this.lastReloadAt > RELOAD_EVERY_MS;
    if (key || !mayReload) return key;
    await this.tryReload();
    return this.keys.get(kid);
  }

  private useDerivedKeys(): void {
    const [current, ...older] = this.keyring.keysFor('access-token');
    this.currentKey = derivedKey(current);
    this.keys = new Map([this.currentKey, ...older.map(derivedKey)].map((key) => [key.id, key]));
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.tryReload().then(() => {
        this.schedule();
      });
    }, RELOAD_EVERY_MS).unref();
  }

  /** A failure leaves the keys as they are: they go on signing and verifying. */
  private async tryReload(): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      this.logger.warn(`the signing keys: ${(error as Error).message}`);
    }
  }

  private async reload(): Promise<void> {
    this.lastReloadAt = performance.now();
    const rows = await this.store.list();
    const seen = rows.map(({ id, state }) => `${id} ${state}`).join();
    if (seen === this.loaded) return;
    this.use(rows);
    this.loaded = seen;
  }

  private use(rows: readonly SigningKey[]): void {
    const opened = rows.map((row) => ({ state: row.state, ...this.store.open(row) }));
    this.keys = new Map(opened.map(({ key }) => [key.id, key]));
    this.jwks = opened.map(({ jwk }) => jwk);
    const current = opened.find(({ state }) => state === 'current');
    if (current) this.currentKey = current.key;
  }
}

const derivedKey = ({ id, key }: DerivedKey): TokenKey => ({
  id,
  algorithm: 'HS256',
  signWith: key,
  verifyWith: key,
});
