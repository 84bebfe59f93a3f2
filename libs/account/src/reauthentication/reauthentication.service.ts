import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '@app/audit';
import type { Principal } from '@app/auth';
import type { WeixinExchange } from '@app/users';
import { CloudRunService, LoginProofsService } from '@app/weixin';
import { WeixinAppsService } from '@app/weixin-api';
import type { ReauthenticationRequest } from './reauthentication.dto.js';

/** Asks WeChat again who the caller is. An access token alone may be stolen. */
@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly proofs: LoginProofsService,
    private readonly cloudRun: CloudRunService,
  ) {}

  /**
   * Exchanges a fresh login code; without one, takes the identity that WeChat's gateway sent.
   * @returns the identity, which may be that of another person
   * @param headers name, value, name, value…
   * @throws {Problem} what {@link LoginProofsService.exchange} throws, `app_unknown`, `validation_failed`
   */
  async exchange(
    user: Principal,
    { code, appid }: ReauthenticationRequest,
    headers: readonly string[],
    client: ClientInfo,
  ): Promise<WeixinExchange> {
    const proof =
      code === undefined ? this.cloudRun.identityOf(headers, appid) : { code, appid: appid ?? user.appid };
    return this.proofs.exchange(this.apps.get(proof.appid), proof, client.ip);
  }
}
