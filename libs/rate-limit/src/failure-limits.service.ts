import { Injectable } from '@nestjs/common';
import { InjectThrottlerOptions, InjectThrottlerStorage } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';
import { AddressTrackerService } from './address-tracker.service.js';
import type { MemoryRateLimitStorage } from './memory-rate-limit-storage.js';
import type { RateLimitName, throttlerOptions } from './rate-limit-options.js';

/** Limits the failures of an address, for calls of which any number may succeed. */
@Injectable()
export class FailureLimitsService {
  constructor(
    @InjectThrottlerOptions() private readonly options: ReturnType<typeof throttlerOptions>,
    @InjectThrottlerStorage() private readonly windows: MemoryRateLimitStorage,
    private readonly addresses: AddressTrackerService,
  ) {}

  /**
   * Runs an attempt, unless the address of the request has as many failures in the window as the limit of the name.
   * @param attempt resolves with undefined if it fails; what it throws does not count
   * @throws {Problem} `rate_limited`
   */
  async within<T>(
    name: RateLimitName,
    request: FastifyRequest,
    attempt: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { limit = 0, ttl = 0 } = this.options.throttlers.find((policy) => policy.name === name) ?? {};
    if (limit === 0) return attempt();
    const key = `failed ${name} ${this.addresses.trackerOf(request)}`;
    const { hits, timeToExpire } = await this.windows.peek(key, ttl);
    if (hits >= limit) throw new Problem('rate_limited', { retryAfterSeconds: timeToExpire });
    const result = await attempt();
    if (result === undefined) await this.windows.increment(key, ttl, limit);
    return result;
  }
}
