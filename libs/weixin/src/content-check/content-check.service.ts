import { Injectable } from '@nestjs/common';
import { type Principal, SessionIdentities } from '@app/auth';
import { Problem } from '@app/problem';
import { WeixinIdentities } from '@app/users';
import { AuthorizedApiService, WeixinApiService, WeixinAppsService } from '@app/weixin-api';

const PATH = '/wxa/msg_sec_check';
/** Version 1 is retired: it looked at the text alone, whoever wrote it. */
const VERSION = 2;
/** Texts of a profile. */
const SCENE = 1;

/** WeChat's opinion of what users write. */
@Injectable()
export class ContentCheck {
  constructor(
    private readonly sessionIdentities: SessionIdentities,
    private readonly identities: WeixinIdentities,
    private readonly apps: WeixinAppsService,
    private readonly authorizedApi: AuthorizedApiService,
    private readonly api: WeixinApiService,
  ) {}

  /**
   * Lets a nickname through that WeChat passes; one that a person would have to look at is not passed.
   * @param user who wants to be called so
   * @throws {Problem} `nickname_refused`; `session_key_stale` when WeChat has not seen the user for two hours;
   * `token_revoked`, `app_unknown`; what {@link AuthorizedApiService.call} throws
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck.html
   */
  async passNickname(user: Principal, nickname: string): Promise<void> {
    const identity = await this.identities.find(await this.sessionIdentities.of(user));
    if (!identity) throw new Problem('token_revoked');
    const { result } = await this.authorizedApi.call(this.apps.get(identity.appid), {
      method: 'POST',
      path: PATH,
      body: { version: VERSION, scene: SCENE, openid: identity.openid, content: nickname },
    });
    const suggest = (result as { suggest?: unknown } | null | undefined)?.suggest;
    if (suggest === 'pass') return;
    if (suggest === 'review' || suggest === 'risky') throw new Problem('nickname_refused');
    throw this.api.unusable(PATH, 'result.suggest is missing or unknown');
  }
}
