import { Global, Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { Config } from '@app/config';
import { RedisHitCounterService } from '@app/redis';
import { AddressTracker } from './address-tracker.service.js';
import { AppLimits } from './app-limits.service.js';
import { throttlerOptions } from './rate-limits.js';

/** Limits per address, session and mini-program. Global, because `@RateLimit()` binds its guard in any module. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({ inject: [Config, RedisHitCounterService], useFactory: throttlerOptions }),
  ],
  providers: [AddressTracker, AppLimits],
  exports: [AddressTracker, AppLimits],
})
export class RateLimitModule {}
