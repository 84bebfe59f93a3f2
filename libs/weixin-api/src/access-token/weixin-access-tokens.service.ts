import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Config, type WeixinApp } from '@app/config';
import { newId } from '@app/database';
import { Problem } from '@app/problem';
import { AccessTokenStoreService, type SharedToken } from './access-token-store.service.js';
import { StableTokenService } from './stable-token.service.js';

/** WeChat has the next token five minutes before the end; a minute later everybody fetches it. */
const RENEWED_BEFORE_SECONDS = 240;
/** What a holder has beyond the deadline of its call, to write down what it got. */
const STORE_MS = 2000;
/** How often those who wait for another instance's fetch look. */
const POLL_MS = 50;

interface KnownToken extends SharedToken {
  /** Of `performance.now()`, which no clock adjustment moves. */
  readonly usableUntil: number;
}

/**
 * The access token of each app, which most of WeChat's APIs want; login does not. All instances share one: it is fetched
 * by whoever holds the lease in the database, and kept in memory until it must be renewed.
 */
@Injectable()
export class WeixinAccessTokensService {
  private readonly known = new Map<string, KnownToken>();
  /** One for each app at most: those who come meanwhile wait for the same one. */
  private readonly flights = new Map<string, Promise<string>>();

  constructor(
    private readonly store: AccessTokenStoreService,
    private readonly stableToken: StableTokenService,
    private readonly config: Config,
  ) {}

  /**
   * The app's access token.
   * @param refused a token that WeChat did not accept. It is dropped everywhere, if it is still the one in use.
   * @throws {Problem} what {@link StableTokenService.fetch} throws, and `database_unavailable`
   */
  async get(app: WeixinApp, refused?: string): Promise<string> {
    const known = this.known.get(app.appid);
    if (known && known.token !== refused && performance.now() < known.usableUntil) return known.token;
    let flight = this.flights.get(app.appid);
    if (!flight) {
      flight = this.obtain(app, known?.token === refused ? known : undefined).finally(() => {
        this.flights.delete(app.appid);
      });
      this.flights.set(app.appid, flight);
    }
    return flight;
  }

  private async obtain(app: WeixinApp, refused: SharedToken | undefined): Promise<string> {
    const { appid } = app;
    this.known.delete(appid);
    if (refused) await this.store.drop(appid, refused.sealed);
    const holder = newId();
    const leaseMs = this.config.WEIXIN_TIMEOUT_MS + STORE_MS;
    // Long enough to outlive the lease of a holder that was killed.
    const deadline = performance.now() + leaseMs + 2 * POLL_MS;
    do {
      const { shared, leased } = await this.store.read(appid);
      if (shared) return this.remember(appid, shared);
      if (!leased && (await this.store.lease(appid, holder, leaseMs)))
        return await this.fetchAsHolder(app, holder);
      await sleep(POLL_MS);
    } while (performance.now() < deadline);
    // Others were leased before us, one after the other, and got none.
    throw new Problem('weixin_unavailable', { status: 503, retryAfterSeconds: 1 });
  }

  private async fetchAsHolder(app: WeixinApp, holder: string): Promise<string> {
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

  private remember(appid: string, shared: SharedToken): string {
    this.known.set(appid, { ...shared, usableUntil: performance.now() + shared.usableMs });
    return shared.token;
  }
}

function usableMs(seconds: number): number {
  return 1000 * Math.max(seconds - RENEWED_BEFORE_SECONDS, Math.ceil(seconds / 5));
}
