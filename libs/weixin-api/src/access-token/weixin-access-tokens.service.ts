import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Config, type WeixinApp } from '@app/config';
import { newId } from '@app/database';
import { Problem } from '@app/problem';
import { AccessTokenStoreService, type SharedToken } from './access-token-store.service.js';
import { StableTokenService } from './stable-token.service.js';

/** WeChat returns the next token five minutes before the end of the current one. Instances fetch it one minute later. */
const RENEWED_BEFORE_SECONDS = 240;
/** The time that a lease holder has after the deadline of its call to store the token. */
const STORE_MS = 2000;
/** The interval in which an instance checks whether another one has fetched the token. */
const POLL_MS = 50;

interface KnownToken extends SharedToken {
  /** In milliseconds of `performance.now()`, which is monotonic. */
  readonly usableUntil: number;
}

/**
 * Returns the access token of each app. Most of WeChat's APIs require it, but not the login. All instances share one token:
 * the instance with the lease in the database fetches it, and each instance caches it until the renewal.
 */
@Injectable()
export class WeixinAccessTokensService {
  private readonly known = new Map<string, KnownToken>();
  /**
   * The current fetches: by appid, or by the sealed token that WeChat has refused, whose fetch must not join one that may still
   * read it. Concurrent callers wait for the same fetch.
   */
  private readonly fetches = new Map<string, Promise<KnownToken>>();

  constructor(
    private readonly store: AccessTokenStoreService,
    private readonly stableToken: StableTokenService,
    private readonly config: Config,
  ) {}

  /**
   * Returns the app's access token.
   * @param refused a token that WeChat did not accept. It is dropped for all instances if it is still the current one.
   * @throws {Problem} what {@link StableTokenService.fetch} throws, and `database_unavailable`
   */
  async get(app: WeixinApp, refused?: string): Promise<string> {
    const known = this.known.get(app.appid);
    if (known && known.token !== refused && performance.now() < known.usableUntil) return known.token;
    return (await this.fetchOnce(app, known?.token === refused ? known : undefined)).token;
  }

  /**
   * Returns the app's access token as the database has it, for another back end: this instance may not know yet that another one
   * has dropped it.
   * @throws {Problem} like {@link get}
   */
  async shared(app: WeixinApp): Promise<{ token: string; usableMs: number }> {
    const { token, usableUntil } = await this.fetchOnce(app);
    return { token, usableMs: usableUntil - performance.now() };
  }

  /**
   * Drops the app's access token, which WeChat has refused, for all instances if it is still the current one.
   * @param sha256 of the refused token, hexadecimal
   * @returns whether it was the current one
   */
  async refuse({ appid }: WeixinApp, sha256: string): Promise<boolean> {
    const { shared } = await this.store.read(appid);
    if (!shared || hashOf(shared.token) !== sha256.toLowerCase()) return false;
    await this.store.drop(appid, shared.sealed);
    // After the drop: a call meanwhile would have read the token again.
    this.known.delete(appid);
    return true;
  }

  private fetchOnce(app: WeixinApp, refused?: KnownToken): Promise<KnownToken> {
    const key = refused?.sealed ?? app.appid;
    let fetching = this.fetches.get(key);
    if (!fetching) {
      fetching = this.obtain(app, refused).finally(() => {
        this.fetches.delete(key);
      });
      this.fetches.set(key, fetching);
    }
    return fetching;
  }

  private async obtain(app: WeixinApp, refused: KnownToken | undefined): Promise<KnownToken> {
    const { appid } = app;
    if (refused) {
      await this.store.drop(appid, refused.sealed);
      // After the drop: a call meanwhile would have read the token again.
      if (this.known.get(appid) === refused) this.known.delete(appid);
    }
    const holder = newId();
    const leaseMs = this.config.WEIXIN_TIMEOUT_MS + STORE_MS;
    // Longer than the lease of a holder that was killed.
    const deadline = performance.now() + leaseMs + 2 * POLL_MS;
    do {
      const { shared, leased } = await this.store.read(appid);
      if (shared) return this.remember(appid, shared);
      if (!leased && (await this.store.lease(appid, holder, leaseMs)))
        return await this.fetchAsHolder(app, holder);
      await sleep(POLL_MS);
    } while (performance.now() < deadline);
    // Other instances had the lease one after the other, and none of them got a token.
    throw new Problem('weixin_unavailable', { status: 503, retryAfterSeconds: 1 });
  }

  private async fetchAsHolder(app: WeixinApp, holder: string): Promise<KnownToken> {
    let fetched;
    try {
      fetched = await this.stableToken.fetch(app);
    } catch (error) {
      await this.store.release(app.appid, holder);
      throw error;
    }
    const usable = usableMs(fetched.expiresInSeconds);
    return this.remember(app.appid, await this.store.share(app.appid, holder, fetched.token, usable));
  }

  private remember(appid: string, shared: SharedToken): KnownToken {
    const known = { ...shared, usableUntil: performance.now() + shared.usableMs };
    this.known.set(appid, known);
    return known;
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

function usableMs(seconds: number): number {
  return 1000 * Math.max(seconds - RENEWED_BEFORE_SECONDS, Math.ceil(seconds / 5));
}
