import { Injectable } from '@nestjs/common';
import type { WeixinApp } from '@app/config';
import { Database } from '@app/database';
import type { WeixinExchange } from '@app/users';
import { AppLimitsService } from '@app/rate-limit';
import type { GatewayIdentity } from '../cloud-run/gateway-identity.js';
import { RiskRankService } from '../risk-rank/risk-rank.service.js';
import { Code2SessionService } from './code2session.service.js';

/** The proof of a login: a code of `wx.login()` and its mini-program, or the identity that WeChat's gateway sent. */
export type LoginProof = { readonly code: string; readonly appid?: string | undefined } | GatewayIdentity;

/** Exchanges the proof of a login for an identity at WeChat. */
@Injectable()
export class LoginProofsService {
  constructor(
    private readonly limits: AppLimitsService,
    private readonly code2Session: Code2SessionService,
    private readonly riskRank: RiskRankService,
    private readonly database: Database,
  ) {}

  /**
   * Exchanges a proof for the identity at WeChat, within the rate limit of the mini-program.
   * @param app the mini-program of the proof
   * @param ip the address of the caller
   * @throws {Problem} `rate_limited`; what {@link Code2SessionService.exchange} throws
   */
  exchange(app: WeixinApp, proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    return this.limits.within(app, ip, () =>
      'code' in proof
        ? this.code2Session.exchange(app, proof.code)
        : Promise.resolve({ ...proof, startedAt: this.database.clock.now() }),
    );
  }

  /**
   * Exchanges the proof of a login, and refuses a new user whose risk rank is too high.
   * @param app the mini-program of the proof
   * @param ip the address of the caller
   * @throws {Problem} as {@link exchange} and {@link RiskRankService.assertAcceptable}
   */
  async admit(app: WeixinApp, proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    const exchange = await this.exchange(app, proof, ip);
    await this.riskRank.assertAcceptable(exchange, ip);
    return exchange;
  }
}
