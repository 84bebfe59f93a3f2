import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { ShopSettings } from '../shop-settings.js';
import { ServiceTokenService } from './service-token.service.js';

interface Identities {
  readonly items: readonly { readonly appid: string; readonly openid: string }[];
}

/** Looks up openids, which no access token holds. The service account needs the scope `identities:read`. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly settings: ShopSettings,
    private readonly serviceToken: ServiceTokenService,
  ) {}

  /**
   * Returns the openid of a user in a mini-program.
   * @throws {ServiceUnavailableException} if the service does not give it
   */
  async openidOf(userId: string, appid: string): Promise<string> {
    const response = await fetch(
      `${this.settings.adminUrl}/api/admin/users/${encodeURIComponent(userId)}/identities`,
      {
        headers: { authorization: `Bearer ${await this.serviceToken.current()}` },
        signal: AbortSignal.timeout(5000),
      },
    );
    if (!response.ok) throw new ServiceUnavailableException(`no openid: ${response.status}`);
    const { items } = (await response.json()) as Identities;
    const identity = items.find((one) => one.appid === appid);
    if (!identity) throw new ServiceUnavailableException('no openid in this mini-program');
    return identity.openid;
  }
}
