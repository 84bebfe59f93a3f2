import { Injectable, Logger } from '@nestjs/common';
import type { ClientInfo } from '@app/audit';
import { problemOf, type ProblemCode } from '@app/problem';
import { WeixinApps } from '@app/weixin-api';
import { PhoneBindings } from './phone-bindings.service.js';

/** What became of the phone code of a login: the number, masked, or why there is none. */
export type BoundAtLogin = { readonly phone: string } | { readonly phone_problem: ProblemCode };

/** Binds a phone number within the call of a login. */
@Injectable()
export class PhoneAtLogin {
  private readonly logger = new Logger(PhoneAtLogin.name);

  constructor(
    private readonly apps: WeixinApps,
    private readonly bindings: PhoneBindings,
  ) {}

  /**
   * Binds the number of a phone code to who has just logged in. Never throws: the login code is used up, so a login must not
   * fail any more.
   * @param appid the mini-program of the login; undefined for the default one
   */
  async bind(
    userId: string,
    appid: string | undefined,
    code: string,
    client: ClientInfo,
  ): Promise<BoundAtLogin> {
    try {
      const app = this.apps.get(appid);
      const owner = { userId, appid: app.appid, client };
      return { phone: await this.bindings.bind(owner, { appid: app.appid, code }) };
    } catch (error) {
      const { code, status } = problemOf(error);
      if (status >= 500) this.logger.warn(`a login goes on without its phone number: ${code}`);
      return { phone_problem: code };
    }
  }
}
