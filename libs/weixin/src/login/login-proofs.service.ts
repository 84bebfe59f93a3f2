import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { WeixinExchange } from '@app/users';
import { AppLimits } from '@app/rate-limit';
import { WeixinApps } from '@app/weixin-api';
import type { GatewayPerson } from '../cloud-run/gateway-person.js';
import { RiskRank } from '../risk-rank/risk-rank.service.js';
import { Code2Session } from './code2session.service.js';

/** What proves who logs in: a code of `wx.login()` and its mini-program, or what WeChat's gateway says. */
export type LoginProof = { readonly code: string; readonly appid?: string | undefined } | GatewayPerson;

/** Finds out who logs in. */
@Injectable()
export class LoginProofs {
  constructor(
    private readonly apps: WeixinApps,
    private readonly limits: AppLimits,
    private readonly code2Session: Code2Session,
    private readonly riskRank: RiskRank,
    private readonly database: Database,
  ) {}

  /**
   * @param ip the address of the caller
   * @throws {Problem} `app_unknown`, `rate_limited`; what {@link Code2Session.exchange} throws
   */
  async exchange(proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    const app = this.apps.get(proof.appid);
    return this.limits.within(app, ip, () =>
      'code' in proof
        ? this.code2Session.exchange(app.appid, proof.code)
        : Promise.resolve({ ...proof, startedAt: this.database.clock.now() }),
    );
  }

  /**
   * The same for a login: a new user must not be too risky.
   * @param ip the address of the caller
   * @throws {Problem} as {@link exchange} and {@link RiskRank.pass}
   */
  async admit(proof: LoginProof, ip: string | undefined): Promise<WeixinExchange> {
    const exchange = await this.exchange(proof, ip);
    await this.riskRank.pass(exchange, ip);
    return exchange;
  }
}
