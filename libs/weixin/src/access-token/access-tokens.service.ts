import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Config, type WeixinApp } from '@app/config';
import { WeixinApi } from '../api/weixin-api.service.js';
import { AccessTokenRows, type SharedToken } from './access-token-rows.service.js';

const PATH = '/cgi-bin/stable_token';
/** No token lives longer than WeChat's two hours, whatever an answer says. */
const MAX_SECONDS = 7200;
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
export class AccessTokens {
  private readonly known = new Map<string, KnownToken>();
  /** One for each app at most: those who come meanwhile wait for the same one. */
  private readonly flights = new Map<string, Promise<string>>();

  constructor(
    private readonly rows: AccessTokenRows,
    private readonly api: WeixinApi,
    private readonly config: Config,
  ) {}

  /**
   * The app's access token.
   * @param refused a token that WeChat did not accept. It is dropped everywhere, if it is still the one in use.
   * @throws {Problem} what {@link WeixinApi.call} throws, and `database_unavailable`
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
    if (refused) await this.rows.drop(appid, refused.sealed);
    const holder = uuid();
    const leaseMs = this.config.weixinTimeoutMs + STORE_MS;
    // Long enough to outlive the lease of a holder that was killed.
    const giveUpAt = performance.now() + leaseMs + 2 * POLL_MS;
    do {
      const { shared, leased } = await this.rows.look(appid);
      if (shared) return this.remember(appid, shared);
      if (!leased && (await this.rows.lease(appid, holder, leaseMs)))
        return await this.fetchAsHolder(app, holder);
      await sleep(POLL_MS);
    } while (performance.now() < giveUpAt);
    throw this.api.unusable(PATH, 'another instance has been fetching the access token for too long');
  }

  private async fetchAsHolder(app: WeixinApp, holder: string): Promise<string> {
    let fetched;
    try {
      fetched = await this.fetch(app);
    } catch (error) {
      await this.rows.release(app.appid, holder);
      throw error;
    }
    const { token, seconds } = fetched;
    return this.remember(app.appid, await this.rows.share(app.appid, holder, token, usableMs(seconds)));
  }

  /** @see https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html */
  private async fetch(app: WeixinApp): Promise<{ token: string; seconds: number }> {
    const { access_token: token, expires_in: seconds } = await this.api.call(app, {
      method: 'POST',
      path: PATH,
      // force_refresh would take the token away from whoever else uses it.
      body: { grant_type: 'client_credential', appid: app.appid, secret: app.secret, force_refresh: false },
      // Here it is the AppSecret that WeChat finds invalid.
      problems: { 40001: { code: 'weixin_misconfigured' } },
      retryBusy: true,
    });
    if (!isToken(token) || !isLifetime(seconds))
      throw this.api.unusable(PATH, 'access_token or expires_in is missing or malformed');
    return { token, seconds };
  }

  private remember(appid: string, shared: SharedToken): string {
    this.known.set(appid, { ...shared, usableUntil: performance.now() + shared.usableMs });
    return shared.token;
  }
}

const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value);

const isLifetime = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

function usableMs(expiresInSeconds: number): number {
  const seconds = Math.min(expiresInSeconds, MAX_SECONDS);
  return 1000 * Math.max(seconds - RENEWED_BEFORE_SECONDS, Math.ceil(seconds / 5));
}
