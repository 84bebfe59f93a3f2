import { Injectable } from '@nestjs/common';
import { AuthEvents } from '@app/audit';
import type { WeixinApp } from '@app/config';
import { type DeviceInfo, SessionOpener, TokenIssuer } from '@app/auth';
import { Problem } from '@app/problem';
import { personOf, WeixinIdentities } from '@app/users';
import { WeixinAppsService } from '@app/weixin-api';
import { PhoneAtLogin } from '../phone-number/phone-at-login.service.js';
import type { LoginAnswer } from './login.dto.js';
import { type LoginProof, LoginProofs } from './login-proofs.service.js';
import { LOGINS } from './logins.js';

/** Logs users in: exchanges the proof, finds or creates the user, opens a session and issues its tokens. */
@Injectable()
export class LoginService {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly proofs: LoginProofs,
    private readonly identities: WeixinIdentities,
    private readonly sessions: SessionOpener,
    private readonly issuer: TokenIssuer,
    private readonly phones: PhoneAtLogin,
    private readonly events: AuthEvents,
  ) {}

  /**
   * Logs a user in. A phone number that cannot be bound does not fail the login.
   * @param phoneCode of a getPhoneNumber button, to bind the number too
   * @throws {Problem} `app_unknown`, what {@link LoginProofs.admit} throws, and `user_disabled`; nothing but an event is written then
   */
  async login(proof: LoginProof, device: DeviceInfo, phoneCode: string | undefined): Promise<LoginAnswer> {
    const app = this.apps.find(proof.appid);
    const answer = await this.observed(app, proof, device);
    if (!app || phoneCode === undefined) return answer;
    return { ...answer, ...(await this.phones.bind(answer.user_id, app, phoneCode, device)) };
  }

  private async observed(
    app: WeixinApp | undefined,
    proof: LoginProof,
    device: DeviceInfo,
  ): Promise<LoginAnswer> {
    const appid = app?.appid;
    try {
      return await LOGINS.tracePromise(() => this.attempt(app, proof, device), { appid });
    } catch (error) {
      if (error instanceof Problem) {
        this.events.record({ kind: 'login_refused', appid, client: device, detail: error.code });
      }
      throw error;
    }
  }

  private async attempt(
    app: WeixinApp | undefined,
    proof: LoginProof,
    device: DeviceInfo,
  ): Promise<LoginAnswer> {
    if (!app) throw new Problem('app_unknown');
    const exchange = await this.proofs.admit(app, proof, device.ip);
    const { owner, session } = await this.sessions.open(
      personOf(exchange),
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
