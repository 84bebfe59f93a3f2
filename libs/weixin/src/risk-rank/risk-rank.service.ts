import { Injectable, Logger } from '@nestjs/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type WeixinExchange, WeixinIdentitiesService } from '@app/users';
import { AuthorizedApiService, WeixinAppsService } from '@app/weixin-api';

const PATH = '/wxa/getuserriskrank';
/** A sign-up; 1 is a marketing campaign. */
const SCENE = 0;

/** Refuses new users whose risk rank at WeChat is too high. */
@Injectable()
export class RiskRankService {
  private readonly logger = new Logger(RiskRankService.name);

  constructor(
    private readonly config: Config,
    private readonly identities: WeixinIdentitiesService,
    private readonly apps: WeixinAppsService,
    private readonly api: AuthorizedApiService,
  ) {}

  /**
   * Throws if the user is new and the rank is above `WEIXIN_RISK_RANK_MAX`. Without that setting this method does no I/O.
   * A login does not depend on this call: without an answer of WeChat every user is accepted.
   * @param ip the address of the caller, which WeChat asks for
   * @throws {Problem} `login_blocked`
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/safety-control-capability/api_getuserriskrank.html
   */
  async assertAcceptable({ appid, openid }: WeixinExchange, ip: string | undefined): Promise<void> {
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
