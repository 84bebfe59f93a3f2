import { Global, Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { Config } from '@app/config';
import { RedisHitCounterService } from '@app/redis';
import { AddressTrackerService } from './address-tracker.service.js';
import { AppLimitsService } from './app-limits.service.js';
import { FailureLimitsService } from './failure-limits.service.js';
import { throttlerOptions } from './rate-limit-options.js';

/** Limits per address, session and mini-program. Global, because `@RateLimit()` binds its guard in any module. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({ inject: [Config, RedisHitCounterService], useFactory: throttlerOptions }),
  ],
  providers: [AddressTrackerService, AppLimitsService, FailureLimitsService],
  exports: [AddressTrackerService, AppLimitsService, FailureLimitsService],
})
export class RateLimitModule {}
