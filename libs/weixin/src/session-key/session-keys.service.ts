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
import { type SessionKeyProof, SessionKeyVaultService } from './session-key-vault.service.js';

const CHECK_PATH = '/wxa/checksession';
const RESET_PATH = '/wxa/resetusersessionkey';

/** Whether WeChat still accepts the session_key; `missing` if none is stored. */
export type SessionKeyState = 'valid' | 'stale' | 'missing';

/** Checks stored session_keys at WeChat, and resets them. */
@Injectable()
export class SessionKeysService {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly vault: SessionKeyVaultService,
    private readonly authorizedApi: AuthorizedApiService,
    private readonly api: WeixinApiService,
    private readonly database: Database,
  ) {}

  /**
   * Returns whether WeChat still accepts the session_key of an identity.
   * @throws {Problem} what {@link AuthorizedApiService.call} throws, `app_unknown`
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey.html
   */
  async checkSessionKey(identityId: string): Promise<SessionKeyState> {
    const proof = await this.vault.prove(identityId);
    if (!proof) return 'missing';
    return (await this.call(CHECK_PATH, proof)) ? 'valid' : 'stale';
  }

  /**
   * Has WeChat replace the session_key of an identity, and stores the new one. Data encrypted before no longer decrypts.
   * A key that a login stores in the meantime is newer, and is not replaced.
   * @returns the state before; only a valid key is replaced
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
      throw this.api.unusableAnswer(RESET_PATH, 'openid or session_key is missing or malformed');
    await this.vault.replace(identityId, proof, sessionKey, startedAt);
    return 'valid';
  }

  /** Returns undefined if WeChat answers that the key is not the user's. */
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
