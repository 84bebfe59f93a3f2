import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type GatewayPerson, gatewayPerson } from './gateway-person.js';

/** Logins behind the gateway of WeChat Cloud Run (微信云托管), which tells by headers who calls. */
@Injectable()
export class CloudRun implements OnModuleInit {
  private readonly logger = new Logger(CloudRun.name);

  constructor(private readonly config: Config) {}

  onModuleInit(): void {
    if (!this.config.WEIXIN_CLOUD_RUN) return;
    this.logger.warn(
      'WEIXIN_CLOUD_RUN is true: whoever reaches this service without passing the gateway of WeChat Cloud Run can log in as anybody. Switch its public access (公网访问) off.',
    );
  }

  /**
   * Whom the gateway names, for a login without a code.
   * @param appid the mini-program the client names, if it names one
   * @throws {Problem} `validation_failed` where the mode is off or the headers are not the gateway's
   */
  personOf(rawHeaders: readonly string[], appid: string | undefined): GatewayPerson {
    if (!this.config.WEIXIN_CLOUD_RUN) throw refusal('code must be 1 to 512 characters');
    const person = gatewayPerson(rawHeaders);
    if ('fault' in person) throw refusal(`there is no code, and ${person.fault}`);
    if (appid !== undefined && appid !== person.appid)
      throw refusal('appid is not the mini-program that the gateway names');
    return person;
  }
}

const refusal = (error: string) => new Problem('validation_failed', { members: { errors: [error] } });
