import { Injectable } from '@nestjs/common';
import { type Principal, SessionsService } from '@app/auth';
import { Problem } from '@app/problem';
import { WeixinIdentitiesService } from '@app/users';
import { AuthorizedApiService, WeixinApiService, WeixinAppsService } from '@app/weixin-api';

const PATH = '/wxa/msg_sec_check';
/** WeChat retired version 1, which did not take the author's openid. */
const VERSION = 2;
/** A text of a profile. */
const SCENE = 1;

/** Has WeChat check what users write. */
@Injectable()
export class ContentCheckService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly identities: WeixinIdentitiesService,
    private readonly apps: WeixinAppsService,
    private readonly authorizedApi: AuthorizedApiService,
    private readonly api: WeixinApiService,
  ) {}

  /**
   * Throws unless WeChat passes a nickname. A nickname that needs a manual review is refused.
   * @throws {Problem} `nickname_refused`; `session_key_stale` if the user has not opened the mini-program for two hours;
   * `token_revoked`, `app_unknown`; what {@link AuthorizedApiService.call} throws
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck.html
   */
  async assertNicknameAllowed(user: Principal, nickname: string): Promise<void> {
    const identity = await this.identities.find(await this.sessions.identityIdOf(user));
    if (!identity) throw new Problem('token_revoked');
    const { result } = await this.authorizedApi.call(this.apps.get(identity.appid), {
      method: 'POST',
      path: PATH,
      body: { version: VERSION, scene: SCENE, openid: identity.openid, content: nickname },
    });
    const suggest = (result as { suggest?: unknown } | null | undefined)?.suggest;
    if (suggest === 'pass') return;
    if (suggest === 'review' || suggest === 'risky') throw new Problem('nickname_refused');
    throw this.api.unusableAnswer(PATH, 'result.suggest is missing or unknown');
  }
}
