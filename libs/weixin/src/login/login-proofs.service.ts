import { Injectable } from '@nestjs/common';
import type { WeixinExchange } from '@app/users';
import { AppLimits } from '../apps/app-limits.service.js';
import { WeixinApps } from '../apps/weixin-apps.service.js';
import type { GatewayPerson } from '../cloud-run/gateway-person.js';
import { RiskRank } from '../risk-rank/risk-rank.service.js';
import { Code2Session } from './code2session.service.js';

/** What shows who logs in: a code of `wx.login()` and its mini-program, or the word of WeChat's gateway. */
export type LoginProof = { readonly code: string; readonly appid?: string | undefined } | GatewayPerson;

/** Tells who logs in, whatever shows it. */
@Injectable()
export class LoginProofs {
  constructor(
    private readonly apps: WeixinApps,
    private readonly limits: AppLimits,
    private readonly code2Session: Code2Session,
    private readonly riskRank: RiskRank,
  ) {}

  /** @throws {Problem} `app_unknown`, `rate_limited`; what {@link Code2Session.exchange} throws */
  async exchange(proof: LoginProof): Promise<WeixinExchange> {
    const app = this.apps.get(proof.appid);
    await this.limits.count(app);
    if ('code' in proof) return this.code2Session.exchange(app.appid, proof.code);
    return { ...proof, startedAt: Date.now() };
  }

  /**
   * The same for a login: who comes for the first time must not be too risky.
   * @param ip the address of the one who logs in
   * @throws {Problem} as {@link exchange} and {@link RiskRank.pass}
   */
  async admit(proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    const exchange = await this.exchange(proof);
    await this.riskRank.pass(exchange, ip);
    return exchange;
  }
}
