import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';
import { AddressTrackerService } from './address-tracker.service.js';
import {
  RateLimited,
  type RateLimitName,
  type RateLimitPolicy,
  type RateLimitTracker,
  type throttlerOptions,
} from './rate-limit-options.js';

/** Counts the requests to a route and refuses those over its limit. Bound by `@RateLimit()`. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly policies: ReadonlyMap<RateLimitName, RateLimitPolicy>;

  constructor(
    @InjectThrottlerOptions() options: ReturnType<typeof throttlerOptions>,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    reflector: Reflector,
    private readonly addresses: AddressTrackerService,
    private readonly moduleRef: ModuleRef,
  ) {
    super(options, storage, reflector);
    this.policies = new Map(options.throttlers.map((policy) => [policy.name, policy]));
  }

  /**
   * A hot path: 1.5 µs. The throttler's own method takes 9 µs, because it checks every limit at every route, hashes each key
   * and sets a timer per hit.
   * @throws {Problem} `rate_limited`
   */
  override async canActivate(context: ExecutionContext): Promise<true> {
    const { name, tracker } = this.reflector.get(RateLimited, context.getHandler());
    const policy = this.policies.get(name);
    if (!policy || policy.limit === 0) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const special = tracker && this.moduleRef.get<RateLimitTracker>(tracker, { strict: false });
    const caller = special?.trackerOf(request) ?? this.addresses.trackerOf(request);
    await this.count(policy, `${name} ${caller}`, context);
    return true;
  }

  /** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ for the two headers */
  private async count(
    { name, limit, ttl }: RateLimitPolicy,
    key: string,
    context: ExecutionContext,
  ): Promise<void> {
    const { totalHits, timeToExpire, isBlocked } = await this.storageService.increment(
      key,
      ttl,
      limit,
      ttl,
      name,
    );
    context
      .switchToHttp()
      .getResponse<FastifyReply>()
      .header('RateLimit-Policy', `"${name}";q=${limit};w=${ttl / 1000}`)
      .header('RateLimit', `"${name}";r=${Math.max(0, limit - totalHits)};t=${timeToExpire}`);
    if (isBlocked) throw new Problem('rate_limited', { retryAfterSeconds: timeToExpire });
  }
}
