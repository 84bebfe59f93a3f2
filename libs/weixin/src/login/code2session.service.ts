import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { WeixinApp } from '@app/config';
import type { WeixinExchange } from '@app/users';
import { type WeixinAnswer, WeixinApiService } from '@app/weixin-api';
import { isSessionKey } from '../session-key/session-key.js';

const PATH = '/sns/jscode2session';

/** The code-to-session exchange. */
@Injectable()
export class Code2Session {
  constructor(
    private readonly api: WeixinApiService,
    private readonly database: Database,
  ) {}

  /**
   * Exchanges the code of `wx.login()` for the user's WeChat identity.
   * A code lives five minutes and works once, and a failed exchange may have used it up: it is never sent twice.
   * @param app the mini-program that the code is of
   * @throws {Problem} what {@link WeixinApiService.call} throws; `weixin_unavailable` for an answer without openid
   * or session_key
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html
   */
  async exchange(app: WeixinApp, jsCode: string): Promise<WeixinExchange> {
    const startedAt = this.database.clock.now();
    const answer = await this.api.call(app, {
      method: 'GET',
      path: PATH,
      query: {
        appid: app.appid,
        secret: app.secret,
        js_code: jsCode,
        grant_type: 'authorization_code',
      },
    });
    const person = personOf(answer);
    if (!person) throw this.api.unusable(PATH, 'openid, session_key or unionid is missing or malformed');
    return { appid: app.appid, startedAt, ...person };
  }
}

type Person = Pick<WeixinExchange, 'openid' | 'sessionKey' | 'unionid'>;

function personOf({ openid, session_key: sessionKey, unionid }: WeixinAnswer): Person | undefined {
  if (!isId(openid) || !isSessionKey(sessionKey)) return undefined;
  if (unionid === undefined || unionid === null || unionid === '') return { openid, sessionKey };
  return isId(unionid) ? { openid, sessionKey, unionid } : undefined;
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
