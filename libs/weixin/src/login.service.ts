import { Injectable } from '@nestjs/common';
import { type DeviceInfo, Sessions, TokenIssuer } from '@app/auth';
import { Database } from '@app/database';
import { WeixinIdentities } from '@app/users';
import { Code2Session } from './code2session.service.js';
import type { LoginAnswer } from './login.dto.js';

/** The login chain: a code in; a user, a session and its tokens out. */
@Injectable()
export class LoginService {
  constructor(
    private readonly code2Session: Code2Session,
    private readonly database: Database,
    private readonly identities: WeixinIdentities,
    private readonly sessions: Sessions,
    private readonly issuer: TokenIssuer,
  ) {}

  /**
   * @param code what `wx.login()` gave
   * @param appid the mini-program the code is of; undefined for the default one
   * @throws {Problem} what {@link Code2Session.exchange} throws; nothing is written then
   */
  async login(code: string, appid: string | undefined, device: DeviceInfo): Promise<LoginAnswer> {
    const exchange = await this.code2Session.exchange(appid, code);
    const { userId, isNewUser, session } = await this.database.write(async (manager) => {
      const identity = await this.identities.signIn(manager, exchange);
      const session = await this.sessions.open(manager, { ...identity, appid: exchange.appid }, device);
      return { ...identity, session };
    });
    return { code: 'success', ...this.issuer.issue(session), user_id: userId, is_new_user: isNewUser };
  }
}
