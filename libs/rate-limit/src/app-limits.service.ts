import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage } from '@nestjs/throttler';
import { clientAddress } from './client-address.js';
import type { MemoryRateLimitStorage, WindowState } from './memory-rate-limit-storage.js';
import { Config, type WeixinApp } from '@app/config';
import { Problem } from '@app/problem';

const WINDOW_MS = 60_000;

/**
 * Limits the logins through each mini-program, so that one of several cannot use all of WeChat's quota.
 *
 * Only exchanged codes count: an attacker can send codes that WeChat refuses, and those must not lock the users out.
 * Refused codes have a window of their own. When it is full, an address whose code was refused in the last minute has to
 * wait, and all others are let through. So a flood costs one call to WeChat per address and minute.
 */
@Injectable()
export class AppLimitsService {
  constructor(
    private readonly config: Config,
    @InjectThrottlerStorage() private readonly windows: MemoryRateLimitStorage,
  ) {}

  /**
   * Runs an exchange within the limit of its mini-program, if there is one.
   * @param ip the address of the caller
   * @throws {Problem} `rate_limited`, before the exchange or after it; what the exchange throws
   */
  async within<T>(
    { appid, loginPerMinute }: WeixinApp,
    ip: string | undefined,
    exchange: () => Promise<T>,
  ): Promise<T> {
    const limit = loginPerMinute ?? this.config.RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE;
    if (limit === 0) return exchange();
    const refused = `app-refused ${appid}`;
    const refusedHere = `${refused} ${(ip && clientAddress(ip)) ?? 'unknown'}`;
    await this.assertRoom(`app ${appid}`, refused, refusedHere, limit);
    const result = await exchange().catch(async (error: unknown) => {
      if (isRefusal(error)) await Promise.all([this.hit(refused, limit), this.hit(refusedHere, limit)]);
      throw error;
    });
    // Checked again, because other exchanges may have ended in the meantime.
    const { isBlocked, timeToExpire } = await this.hit(`app ${appid}`, limit);
    if (isBlocked) throw rateLimited(timeToExpire);
    return result;
  }

  private async assertRoom(
    exchanged: string,
    refused: string,
    refusedHere: string,
    limit: number,
  ): Promise<void> {
    const [exchanges, refusals] = await Promise.all([this.peek(exchanged), this.peek(refused)]);
    if (exchanges.hits >= limit) throw rateLimited(exchanges.timeToExpire);
    if (refusals.hits < limit) return;
    const { hits, timeToExpire } = await this.peek(refusedHere);
    if (hits > 0) throw rateLimited(timeToExpire);
  }

  private peek(key: string): Promise<WindowState> {
    return this.windows.peek(key, WINDOW_MS);
  }

  private hit(key: string, limit: number) {
    return this.windows.increment(key, WINDOW_MS, limit);
  }
}

/** Returns whether WeChat refused the code or its user. Faults of WeChat and of this service are 5xx. */
const isRefusal = (error: unknown) => error instanceof Problem && error.status < 500;

const rateLimited = (retryAfterSeconds: number) => new Problem('rate_limited', { retryAfterSeconds });
