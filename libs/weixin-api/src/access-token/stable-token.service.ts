import { Injectable } from '@nestjs/common';
import type { WeixinApp } from '@app/config';
import { WeixinApiService } from '../api/weixin-api.service.js';

const PATH = '/cgi-bin/stable_token';
/** WeChat's two hours. A longer lifetime in an answer is reduced to this. */
const MAX_SECONDS = 7200;

/** An access token in the answer of WeChat. */
export interface FetchedToken {
  readonly token: string;
  /** 300 to 7200, because WeChat returns the next token five minutes before the end. */
  readonly expiresInSeconds: number;
}

/** Fetches WeChat's stable access token. All callers get the same token, so a fetch does not invalidate it. */
@Injectable()
export class StableTokenService {
  constructor(private readonly api: WeixinApiService) {}

  /**
   * Fetches the token of an app without storing it.
   * @throws {Problem} what {@link WeixinApiService.call} throws, `weixin_unavailable` for an answer without token or lifetime
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html
   */
  async fetch(app: WeixinApp): Promise<FetchedToken> {
    const { access_token: token, expires_in: seconds } = await this.api.call(app, {
      method: 'POST',
      path: PATH,
      // force_refresh would invalidate the token for all other users of it.
      body: { grant_type: 'client_credential', appid: app.appid, secret: app.secret, force_refresh: false },
      // At this endpoint the errcode means that the AppSecret is invalid.
      problems: { 40001: { code: 'weixin_misconfigured' } },
      retryBusy: true,
    });
    if (!isToken(token) || !isLifetime(seconds))
      throw this.api.unusableAnswer(PATH, 'access_token or expires_in is missing or malformed');
    return { token, expiresInSeconds: Math.min(seconds, MAX_SECONDS) };
  }
}

const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value);

const isLifetime = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
