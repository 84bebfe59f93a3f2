import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { clientAddress } from './client-address.js';
import type { RateLimitTracker } from './rate-limit-options.js';

/** Counts a request against the address of its client. */
@Injectable()
export class AddressTrackerService implements RateLimitTracker {
  private readonly logger = new Logger('RateLimit');
  private warned = false;

  /** Returns the address of the client; an IPv6 address is reduced to its /64. */
  trackerOf(request: FastifyRequest): string {
    const { remoteAddress = 'unknown' } = request.socket;
    const forwarded = request.headers['x-forwarded-for'];
    // With a client on the proxy's own machine, the header ends with that address.
    if (forwarded !== undefined && request.ip === remoteAddress && !forwarded.includes(remoteAddress))
      this.warn();
    // A proxy that forwards an invalid address counts as one client.
    return clientAddress(request.ip) ?? remoteAddress;
  }

  private warn(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(
      'X-Forwarded-For is ignored because TRUST_PROXY_HOPS is 0, or ADMIN_TRUST_PROXY_HOPS for the admin listener. Behind ' +
        'reverse proxies all clients count as one address: set TRUST_PROXY_HOPS to the number of proxies. Without a proxy the ' +
        'client set the header itself, and no change is needed.',
    );
  }
}
