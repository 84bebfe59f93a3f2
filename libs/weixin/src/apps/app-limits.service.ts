import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage, type ThrottlerStorage } from '@nestjs/throttler';
import { Config, type WeixinApp } from '@app/config';
import { Problem } from '@app/problem';

const WINDOW_MS = 60_000;

/** Limits the logins through each mini-program, so that one of several cannot take it all. */
@Injectable()
export class AppLimits {
  constructor(
    private readonly config: Config,
    @InjectThrottlerStorage() private readonly storage: ThrottlerStorage,
  ) {}

  /**
   * Counts one login, where there is a limit.
   * @throws {Problem} `rate_limited`
   */
  async count({ appid, loginPerMinute }: WeixinApp): Promise<void> {
    const limit = loginPerMinute ?? this.config.rateLimitLoginPerAppPerMinute;
    if (limit === 0) return;
    const { isBlocked, timeToExpire } = await this.storage.increment(
      `app ${appid}`,
      WINDOW_MS,
      limit,
      WINDOW_MS,
      'app',
    );
    if (isBlocked) throw new Problem('rate_limited', { retryAfterSeconds: timeToExpire });
  }
}
