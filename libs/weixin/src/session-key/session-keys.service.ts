import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import {
  AuthorizedApiService,
  type WeixinAnswer,
  WeixinApiService,
  WeixinAppsService,
} from '@app/weixin-api';
import { isSessionKey } from './session-key.js';
import { type SessionKeyProof, SessionKeyVault } from './session-key-vault.service.js';

const CHECK_PATH = '/wxa/checksession';
const RESET_PATH = '/wxa/resetusersessionkey';

/** Whether WeChat still takes the session_key; `missing` where there is none to ask about. */
export type SessionKeyState = 'valid' | 'stale' | 'missing';

/** Asks WeChat about the session_keys it gave out, and for other ones. */
@Injectable()
export class SessionKeys {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly vault: SessionKeyVault,
    private readonly authorizedApi: AuthorizedApiService,
    private readonly api: WeixinApiService,
    private readonly database: Database,
  ) {}

  /**
   * Whether the session_key of an identity is the one WeChat uses now.
   * @throws {Problem} what {@link AuthorizedApiService.call} throws, `app_unknown`
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey.html
   */
  async checkSessionKey(identityId: string): Promise<SessionKeyState> {
    const proof = await this.vault.prove(identityId);
    if (!proof) return 'missing';
    return (await this.call(CHECK_PATH, proof)) ? 'valid' : 'stale';
  }

  /**
   * Has WeChat replace the session_key of an identity, and stores the new one: what was encrypted so far opens no more.
   * A login that comes between brings a newer one, which stays.
   * @returns what the session_key was before; only a valid one is replaced
   * @throws {Problem} as {@link checkSessionKey}; `weixin_unavailable` for an answer without session_key
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey.html
   */
  async resetUserSessionKey(identityId: string): Promise<SessionKeyState> {
    const proof = await this.vault.prove(identityId);
    if (!proof) return 'missing';
    const startedAt = this.database.clock.now();
    const answer = await this.call(RESET_PATH, proof);
    if (!answer) return 'stale';
    const { openid, session_key: sessionKey } = answer;
    if (openid !== proof.openid || !isSessionKey(sessionKey))
      throw this.api.unusable(RESET_PATH, 'openid or session_key is missing or malformed');
    await this.vault.replace(identityId, proof, sessionKey, startedAt);
    return 'valid';
  }

  /** @returns undefined where WeChat says that the key is not the user's */
  private async call(
    path: string,
    { appid, openid, signature }: SessionKeyProof,
  ): Promise<WeixinAnswer | undefined> {
    const query = { openid, signature, sig_method: 'hmac_sha256' };
    try {
      return await this.authorizedApi.call(this.apps.get(appid), {
        method: 'GET',
        path,
        query,
      });
    } catch (error) {
      if (error instanceof Problem && error.code === 'session_key_stale') return undefined;
      throw error;
    }
  }
}
