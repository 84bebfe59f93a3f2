import { Injectable } from '@nestjs/common';
import { AuthEvents } from '@app/audit';
import { type DeviceInfo, SessionOpener, TokenIssuer } from '@app/auth';
import { Problem } from '@app/problem';
import { WeixinIdentities } from '@app/users';
import type { LoginAnswer } from './login.dto.js';
import { type LoginProof, LoginProofs } from './login-proofs.service.js';
import { LOGINS } from './logins.js';
import { WeixinApps } from '@app/weixin-api';

/** The login chain: a code in, or another proof; a user, a session and its tokens out. */
@Injectable()
export class LoginService {
  constructor(
    private readonly apps: WeixinApps,
    private readonly proofs: LoginProofs,
    private readonly identities: WeixinIdentities,
    private readonly sessions: SessionOpener,
    private readonly issuer: TokenIssuer,
    private readonly events: AuthEvents,
  ) {}

  /**
   * @throws {Problem} what {@link LoginProofs.admit} throws, and `user_disabled`; nothing but an event is written then
   */
  async login(proof: LoginProof, device: DeviceInfo): Promise<LoginAnswer> {
    const served = this.apps.find(proof.appid)?.appid;
    try {
      return await LOGINS.tracePromise(() => this.attempt(proof, device), { appid: served });
    } catch (error) {
      if (error instanceof Problem) {
        this.events.record({ kind: 'login_refused', appid: served, client: device, detail: error.code });
      }
      throw error;
    }
  }

  private async attempt(proof: LoginProof, device: DeviceInfo): Promise<LoginAnswer> {
    const exchange = await this.proofs.admit(proof, device.ip);
    const { owner, session } = await this.sessions.open(
      // Of one person, whatever the mini-program, where WeChat tells.
      exchange.unionid ?? `${exchange.appid} ${exchange.openid}`,
      (manager) => this.identities.signIn(manager, exchange),
      device,
    );
    const { userId, isNewUser, otherUserId } = owner;
    if (otherUserId !== undefined) {
      const event = { kind: 'union_conflict', userId, appid: owner.appid, client: device } as const;
      this.events.record({ ...event, detail: otherUserId });
    }
    return { code: 'success', ...this.issuer.issue(session), user_id: userId, is_new_user: isNewUser };
  }
}
