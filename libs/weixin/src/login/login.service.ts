import { Injectable, Logger } from '@nestjs/common';
import { AuthEventsService } from '@app/audit';
import type { DeviceInfo } from '@app/auth';
import type { WeixinApp } from '@app/config';
import { DeletionsService } from '@app/deletion';
import { Problem, problemOf } from '@app/problem';
import type { GivenConsent, PendingDeletion } from '@app/users';
import { WeixinAppsService } from '@app/weixin-api';
import { type PhoneOwner, PhoneBindingsService } from '../phone-number/phone-bindings.service.js';
import { LoginAttemptService } from './login-attempt.service.js';
import { LOGIN_EVENTS } from './login-events.js';
import type { LoginProof } from './login-proofs.service.js';
import type { LoginResponse } from './login.dto.js';

/** A login, as the client sent it. */
export interface Login {
  readonly proof: LoginProof;
  readonly device: DeviceInfo;
  /** Of a getPhoneNumber button, to bind the number in the same call. */
  readonly phoneCode?: string | undefined;
  readonly consents?: readonly GivenConsent[] | undefined;
}

/** Logs users in, publishes each login, and records the refused ones. */
@Injectable()
export class LoginService {
  private readonly logger = new Logger(LoginService.name);

  constructor(
    private readonly apps: WeixinAppsService,
    private readonly attempts: LoginAttemptService,
    private readonly phones: PhoneBindingsService,
    private readonly events: AuthEventsService,
    private readonly deletions: DeletionsService,
  ) {}

  /**
   * Logs a user in.
   * @throws {Problem} `app_unknown`, and what {@link LoginAttemptService.attempt} throws; only an event is stored then
   */
  async login({ proof, device, phoneCode, consents = [] }: Login): Promise<LoginResponse> {
    const app = this.apps.find(proof.appid);
    const appid = app?.appid;
    try {
      const { owner, tokens } = await LOGIN_EVENTS.tracePromise(
        async () => {
          if (!app) throw new Problem('app_unknown');
          return this.attempts.attempt(app, proof, device, consents);
        },
        { appid },
      );
      const { userId, isNewUser, otherUserId } = owner;
      const client = { userId, appid: owner.appid, client: device };
      if (otherUserId !== undefined)
        this.events.record({ kind: 'union_conflict', ...client, detail: otherUserId });
      return {
        code: 'success',
        ...tokens,
        user_id: userId,
        is_new_user: isNewUser,
        ...(owner.deletion && (await this.deletionAfter(client, owner.deletion))),
        ...(app && phoneCode !== undefined && (await this.bindPhone(client, app, phoneCode))),
      };
    } catch (error) {
      if (error instanceof Problem) {
        this.events.record({ kind: 'login_refused', appid, client: device, detail: error.code });
      }
      throw error;
    }
  }

  /** A login cancels a deletion that WeChat requested, because the person is back, and no other one. */
  private async deletionAfter(
    client: PhoneOwner,
    { deletesAt, by }: PendingDeletion,
  ): Promise<Pick<LoginResponse, 'deletion'>> {
    if (by === 'weixin') {
      await this.deletions.cancelAtLogin(client);
      return {};
    }
    return { deletion: { deletes_at: new Date(deletesAt).toISOString() } };
  }

  /** Never throws: the login code is used up, so a number that cannot be bound must not fail the login. */
  private async bindPhone(
    owner: PhoneOwner,
    app: WeixinApp,
    code: string,
  ): Promise<Pick<LoginResponse, 'phone' | 'phone_problem'>> {
    try {
      return { phone: await this.phones.bind(owner, { app, code }) };
    } catch (error) {
      const { code: problem, status } = problemOf(error);
      if (status >= 500) this.logger.warn(`a login succeeded without its phone number: ${problem}`);
      return { phone_problem: problem };
    }
  }
}
