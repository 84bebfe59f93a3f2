import { Injectable } from '@nestjs/common';
import { type DeviceInfo, SessionOpenerService, TokenIssuerService, type TokenPairResponse } from '@app/auth';
import type { WeixinApp } from '@app/config';
import {
  ConsentsService,
  type GivenConsent,
  loginLockKey,
  type SignedInIdentity,
  WeixinIdentitiesService,
} from '@app/users';
import { type LoginProof, LoginProofsService } from './login-proofs.service.js';

/** A login that succeeded. */
export interface CompletedLogin {
  readonly owner: SignedInIdentity;
  readonly tokens: TokenPairResponse;
}

/** Turns the proof of a login into a user, a session and its tokens. */
@Injectable()
export class LoginAttemptService {
  constructor(
    private readonly proofs: LoginProofsService,
    private readonly identities: WeixinIdentitiesService,
    private readonly sessions: SessionOpenerService,
    private readonly issuer: TokenIssuerService,
    private readonly consents: ConsentsService,
  ) {}

  /**
   * Exchanges the proof, finds or creates the user, opens a session and issues its tokens.
   * @param app the mini-program of the proof
   * @throws {Problem} what {@link LoginProofsService.admit} throws, `user_disabled` and `consent_required`; nothing is stored then
   */
  async attempt(
    app: WeixinApp,
    proof: LoginProof,
    device: DeviceInfo,
    given: readonly GivenConsent[],
  ): Promise<CompletedLogin> {
    const exchange = await this.proofs.admit(app, proof, device.ip);
    const { owner, session } = await this.sessions.open(
      loginLockKey(exchange),
      async (manager) => {
        const owner = await this.identities.signIn(manager, exchange);
        await this.consents.admit(manager, { ...owner, client: device }, given);
        return owner;
      },
      device,
    );
    return { owner, tokens: this.issuer.issue(session) };
  }
}
