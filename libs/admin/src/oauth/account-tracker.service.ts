import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AddressTrackerService, type RateLimitTracker } from '@app/rate-limit';
import { servicePrincipalOf } from '../guard/service-principal.js';

/** Counts a request against its authenticated account, together with its address. Other clients cannot use up the limit. */
@Injectable()
export class AccountTrackerService implements RateLimitTracker {
  constructor(private readonly addresses: AddressTrackerService) {}

  trackerOf(request: FastifyRequest): string {
    return `${servicePrincipalOf(request).clientId} ${this.addresses.trackerOf(request)}`;
  }
}
