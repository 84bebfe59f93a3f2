import { Injectable } from '@nestjs/common';
import type { WeixinApp } from '@app/config';
import { Database } from '@app/database';
import type { WeixinExchange } from '@app/users';
import { AppLimits } from '@app/rate-limit';
import type { GatewayPerson } from '../cloud-run/gateway-person.js';
import { RiskRank } from '../risk-rank/risk-rank.service.js';
import { Code2Session } from './code2session.service.js';

/** What proves who logs in: a code of `wx.login()` and its mini-program, or what WeChat's gateway says. */
export type LoginProof = { readonly code: string; readonly appid?: string | undefined } | GatewayPerson;

/** Finds out who logs in. */
@Injectable()
export class LoginProofs {
  constructor(
    private readonly limits: AppLimits,
    private readonly code2Session: Code2Session,
    private readonly riskRank: RiskRank,
    private readonly database: Database,
  ) {}

  /**
   * Exchanges a proof for the identity at WeChat, within the rate limit of the mini-program.
   * @param app the mini-program of the proof
   * @param ip the address of the caller
   * @throws {Problem} `rate_limited`; what {@link Code2Session.exchange} throws
   */
  async exchange(app: WeixinApp, proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    return this.limits.within(app, ip, () =>
      'code' in proof
        ? this.code2Session.exchange(app, proof.code)
        : Promise.resolve({ ...proof, startedAt: this.database.clock.now() }),
    );
  }

  /**
   * Exchanges the proof of a login. A new user must not be too risky.
   * @param app the mini-program of the proof
   * @param ip the address of the caller
   * @throws {Problem} as {@link exchange} and {@link RiskRank.pass}
   */
  async admit(app: WeixinApp, proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    const exchange = await this.exchange(app, proof, ip);
    await this.riskRank.pass(exchange, ip);
    return exchange;
  }
}
