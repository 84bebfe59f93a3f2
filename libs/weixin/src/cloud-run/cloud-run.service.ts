import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type GatewayIdentity, readGatewayIdentity } from './gateway-identity.js';

/** Identifies the user of a login by the headers of WeChat Cloud Run's gateway (微信云托管). */
@Injectable()
export class CloudRunService implements OnModuleInit {
  private readonly logger = new Logger(CloudRunService.name);

  constructor(private readonly config: Config) {}

  onModuleInit(): void {
    if (!this.config.WEIXIN_CLOUD_RUN) return;
    this.logger.warn(
      'WEIXIN_CLOUD_RUN is true: a caller that reaches this service without the gateway of WeChat Cloud Run can log in as any user. Turn its public access (公网访问) off.',
    );
  }

  /**
   * Returns the identity that the gateway sent, for a login without a code.
   * @param appid the mini-program that the client names, if any
   * @throws {Problem} `validation_failed` if `WEIXIN_CLOUD_RUN` is off or the headers are not the gateway's
   */
  identityOf(rawHeaders: readonly string[], appid: string | undefined): GatewayIdentity {
    if (!this.config.WEIXIN_CLOUD_RUN) throw refusal('code must be 1 to 512 characters');
    const identity = readGatewayIdentity(rawHeaders);
    if ('fault' in identity) throw refusal(`there is no code, and ${identity.fault}`);
    if (appid !== undefined && appid !== identity.appid)
      throw refusal('appid is not the mini-program that the gateway names');
    return identity;
  }
}

const refusal = (error: string) => new Problem('validation_failed', { members: { errors: [error] } });
