import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { OperatorCookieService } from './operator-cookie.service.js';

const SAFE: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

/**
 * Checks that a request with the cookie of an operator comes from the console itself, not from another page in the same
 * browser. `SameSite=Strict` alone does not separate two ports of one host.
 */
@Injectable()
export class OriginsService {
  private readonly adminUrl: URL | undefined;

  constructor(
    { ADMIN_URL }: Config,
    private readonly cookie: OperatorCookieService,
  ) {
    this.adminUrl = ADMIN_URL === undefined ? undefined : new URL(ADMIN_URL);
  }

  /**
   * An unsafe request needs the `Origin` of the listener. A safe one with the cookie needs `Sec-Fetch-Site`, which browsers set
   * for https and localhost.
   * @throws {Problem} `origin_not_allowed`
   */
  check(request: IncomingMessage): void {
    const isAllowed = SAFE.has(request.method) ? this.isSameSite(request) : this.isSameOrigin(request);
    if (!isAllowed) throw new Problem('origin_not_allowed');
  }

  private isSameSite(request: IncomingMessage): boolean {
    const site = request.headers['sec-fetch-site'];
    if (site === undefined) return !this.cookie.isIn(request);
    return site === 'same-origin' || site === 'none';
  }

  private isSameOrigin({ headers: { host = '', origin } }: IncomingMessage): boolean {
    // The listener refuses a host that is not its own.
    if (!URL.canParse(`http://${host}`)) return false;
    const own = new URL(`http://${host}`);
    const isBehindTls = this.adminUrl?.protocol === 'https:' && this.adminUrl.hostname === own.hostname;
    return origin === (isBehindTls ? this.adminUrl.origin : own.origin);
  }
}
