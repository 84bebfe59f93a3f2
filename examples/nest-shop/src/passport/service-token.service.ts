import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { ShopSettings } from '../shop-settings.js';

/** A new token is fetched this long before the old one expires. */
const EARLY_MS = 30_000;

/** Gets tokens for the shop's service account, one for all requests until it expires. */
@Injectable()
export class ServiceTokenService {
  private token: Promise<string> | undefined;
  private usableUntilMs = 0;

  constructor(private readonly settings: ShopSettings) {}

  /** @throws {ServiceUnavailableException} */
  current(): Promise<string> {
    if (!this.token || Date.now() >= this.usableUntilMs) {
      this.usableUntilMs = Infinity;
      this.token = this.fetch();
      this.token.catch(() => {
        this.token = undefined;
      });
    }
    return this.token;
  }

  private async fetch(): Promise<string> {
    const { adminUrl, clientId, clientSecret } = this.settings;
    const response = await fetch(`${adminUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) throw new ServiceUnavailableException(`no service token: ${response.status}`);
    const { access_token, expires_in } = (await response.json()) as {
      access_token: string;
      expires_in: number;
    };
    this.usableUntilMs = Date.now() + expires_in * 1000 - EARLY_MS;
    return access_token;
  }
}
