import { Injectable, Logger } from '@nestjs/common';
import type { ClientInfo } from '@app/audit';
import type { WeixinApp } from '@app/config';
import { problemOf, type ProblemCode } from '@app/problem';
import { PhoneBindings } from './phone-bindings.service.js';

/** What became of the phone code of a login: the number, masked, or why there is none. */
export type BoundAtLogin = { readonly phone: string } | { readonly phone_problem: ProblemCode };

/** Binds a phone number within the call of a login. */
@Injectable()
export class PhoneAtLogin {
  private readonly logger = new Logger(PhoneAtLogin.name);

  constructor(private readonly bindings: PhoneBindings) {}

  /**
   * Binds the number of a phone code to the user who has just logged in. Never throws: the login code is used up, so the
   * login must not fail any more.
   * @param app the mini-program of the login
   */
  async bind(userId: string, app: WeixinApp, code: string, client: ClientInfo): Promise<BoundAtLogin> {
    try {
      const owner = { userId, appid: app.appid, client };
      return { phone: await this.bindings.bind(owner, { app, code }) };
    } catch (error) {
      const { code, status } = problemOf(error);
      if (status >= 500) this.logger.warn(`a login goes on without its phone number: ${code}`);
      return { phone_problem: code };
    }
  }
}
