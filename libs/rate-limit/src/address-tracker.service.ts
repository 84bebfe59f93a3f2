import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '@app/config';
import { clientAddress } from './client-address.js';
import type { RateLimitTracker } from './rate-limits.js';

/** Counts a request against the address of its client. */
@Injectable()
export class AddressTracker implements RateLimitTracker {
  private readonly logger = new Logger('RateLimit');
  private warned = false;

  constructor(private readonly config: Config) {}

  /** Returns the address of the client; an IPv6 address is reduced to its /64. */
  trackerOf(request: FastifyRequest): string {
    if (this.config.TRUST_PROXY_HOPS === 0 && request.headers['x-forwarded-for'] !== undefined) this.warn();
    // A proxy that forwards an invalid address counts as one client.
    return clientAddress(request.ip) ?? request.socket.remoteAddress ?? 'unknown';
  }

  private warn(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(
      'X-Forwarded-For is ignored because TRUST_PROXY_HOPS is 0. Behind reverse proxies all clients count as one address: ' +
        'set TRUST_PROXY_HOPS to the number of proxies. Without a proxy the client set the header itself, and no change is needed.',
    );
  }
}
