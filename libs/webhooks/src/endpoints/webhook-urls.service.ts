import { Injectable } from '@nestjs/common';
import { Problem } from '@app/problem';
import { WebhookTransport } from '../transport/webhook-transport.js';

/** Length of the column. */
const MAX_URL_LENGTH = 512;

const REASONS: Readonly<Record<string, string>> = {
  http_refused: 'the address must begin with https:',
  address_refused: 'the host is, or its name leads to, an address of a private or special network',
  ENOTFOUND: 'the name of the host is not known',
  ENODATA: 'the name of the host has no address',
};

/** Checks the addresses of new endpoints. */
@Injectable()
export class WebhookUrlsService {
  constructor(private readonly transport: WebhookTransport) {}

  /**
   * Returns the address as it is stored.
   * @throws {Problem} `webhook_url_refused`, with the reason
   */
  async checked(text: string): Promise<string> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw refused('the address must be https://…');
    if (url.username || url.password || url.hash)
      throw refused('the address must have no user, password or fragment');
    if (url.href.length > MAX_URL_LENGTH)
      throw refused(`the address must have at most ${MAX_URL_LENGTH} characters`);
    const objection = await this.transport.objectionTo(url);
    if (objection !== undefined) throw refused(REASONS[objection] ?? `the name of the host: ${objection}`);
    return url.href;
  }
}

const refused = (detail: string) => new Problem('webhook_url_refused', { detail });
