import { Injectable, Logger } from '@nestjs/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type WeixinExchange, WeixinIdentities } from '@app/users';
import { AuthorizedApiService, WeixinAppsService } from '@app/weixin-api';

const PATH = '/wxa/getuserriskrank';
/** A sign-up; 1 would be a campaign. */
const SCENE = 0;

/** Keeps people out whom WeChat finds risky, when they come for the first time. */
@Injectable()
export class RiskRank {
  private readonly logger = new Logger(RiskRank.name);

  constructor(
    private readonly config: Config,
    private readonly identities: WeixinIdentities,
    private readonly apps: WeixinAppsService,
    private readonly api: AuthorizedApiService,
  ) {}

  /**
   * Lets a person pass who is known, or whose rank is at most `WEIXIN_RISK_RANK_MAX`. Where WeChat does not tell the rank,
   * everybody passes: a login never depends on it. Without that setting nothing is read and nobody asked.
   * @param ip the person's address, which WeChat wants to know
   * @throws {Problem} `login_blocked`
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/safety-control-capability/api_getuserriskrank.html
   */
  async pass({ appid, openid }: WeixinExchange, ip: string | undefined): Promise<void> {
    const max = this.config.WEIXIN_RISK_RANK_MAX;
    if (max === undefined || (await this.identities.isKnown(appid, openid))) return;
    const rank = await this.rankOf(appid, openid, ip);
    if (rank !== undefined && rank > max) throw new Problem('login_blocked');
  }

  private async rankOf(appid: string, openid: string, ip = ''): Promise<number | undefined> {
    try {
      const { risk_rank: rank } = await this.api.call(this.apps.get(appid), {
        method: 'POST',
        path: PATH,
        body: { appid, openid, scene: SCENE, client_ip: ip },
      });
      if (typeof rank === 'number') return rank;
      this.logger.warn('a sign-up passed without its risk rank: the answer has none');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.logger.warn(`a sign-up passed without its risk rank: ${error.code}`);
    }
    return undefined;
  }
}
