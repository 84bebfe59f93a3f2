import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { WeixinApp } from '@app/config';
import type { WeixinExchange } from '@app/users';
import { type WeixinAnswer, WeixinApiService } from '@app/weixin-api';
import { isSessionKey } from '../session-key/session-key.js';

/** The path of the exchange at WeChat. */
export const CODE2SESSION_PATH = '/sns/jscode2session';

/** Exchanges login codes at WeChat. */
@Injectable()
export class Code2SessionService {
  constructor(
    private readonly api: WeixinApiService,
    private readonly database: Database,
  ) {}

  /**
   * Exchanges the code of `wx.login()` for the user's WeChat identity.
   * A code lives five minutes and works once. A failed exchange may have used it up, so this method never sends it twice.
   * @param app the mini-program of the code
   * @throws {Problem} what {@link WeixinApiService.call} throws; `weixin_unavailable` for an answer without openid
   * or session_key
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html
   */
  async exchange(app: WeixinApp, jsCode: string): Promise<WeixinExchange> {
    const startedAt = this.database.clock.now();
    const answer = await this.api.call(app, {
      method: 'GET',
      path: CODE2SESSION_PATH,
      query: {
        appid: app.appid,
        secret: app.secret,
        js_code: jsCode,
        grant_type: 'authorization_code',
      },
    });
    const session = sessionOf(answer);
    if (!session)
      throw this.api.unusableAnswer(
        CODE2SESSION_PATH,
        'openid, session_key or unionid is missing or malformed',
      );
    return { appid: app.appid, startedAt, ...session };
  }
}

type WeixinSession = Pick<WeixinExchange, 'openid' | 'sessionKey' | 'unionid'>;

function sessionOf({ openid, session_key: sessionKey, unionid }: WeixinAnswer): WeixinSession | undefined {
  if (!isId(openid) || !isSessionKey(sessionKey)) return undefined;
  if (unionid === undefined || unionid === null || unionid === '') return { openid, sessionKey };
  return isId(unionid) ? { openid, sessionKey, unionid } : undefined;
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
