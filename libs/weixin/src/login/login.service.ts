import { Injectable } from '@nestjs/common';
import { AuthEvents, type DeviceInfo, SessionOpener } from '@app/auth';
import { Problem } from '@app/problem';
import { WeixinIdentities } from '@app/users';
import { Code2Session } from './code2session.service.js';
import type { LoginAnswer } from './login.dto.js';
import { WeixinApps } from '../apps/weixin-apps.service.js';

/** The login chain: a code in; a user, a session and its tokens out. */
@Injectable()
export class LoginService {
  constructor(
    private readonly apps: WeixinApps,
    private readonly code2Session: Code2Session,
    private readonly identities: WeixinIdentities,
    private readonly sessions: SessionOpener,
    private readonly events: AuthEvents,
  ) {}

  /**
   * @param code what `wx.login()` gave
   * @param appid the mini-program the code is of; undefined for the default one
   * @throws {Problem} what {@link Code2Session.exchange} throws, and `user_disabled`; nothing but an event is written then
   */
  async login(code: string, appid: string | undefined, device: DeviceInfo): Promise<LoginAnswer> {
    try {
      return await this.attempt(code, appid, device);
    } catch (error) {
      if (error instanceof Problem) {
        const served = this.apps.find(appid)?.appid;
        this.events.record({ kind: 'login_refused', appid: served, client: device, detail: error.code });
      }
      throw error;
    }
  }

  private async attempt(code: string, appid: string | undefined, device: DeviceInfo): Promise<LoginAnswer> {
    const exchange = await this.code2Session.exchange(appid, code);
    const { owner, tokens } = await this.sessions.open(
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
    return { code: 'success', ...tokens, user_id: userId, is_new_user: isNewUser };
  }
}
