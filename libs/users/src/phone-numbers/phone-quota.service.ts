import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@app/config';
import { Database, insertRow } from '@app/database';
import { Problem } from '@app/problem';
import { lockLiveUser } from '../lock-live-user.js';
import { UserPhone } from './user-phone.entity.js';

const DAY_MS = 86_400_000;

/** One binding of a user's `PHONE_BINDINGS_PER_DAY`. */
export interface TakenBinding {
  readonly userId: string;
  /** Whole days since 1970, UTC. */
  readonly day: number;
}

/** Limits how often a user may bind a phone number: `PHONE_BINDINGS_PER_DAY` times in a day (UTC). */
@Injectable()
export class PhoneQuotaService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  /**
   * Takes one binding before WeChat is called, so that concurrent calls get no more bindings than sequential ones.
   * @throws {Problem} `phone_bindings_exhausted`, `phone_binding_disabled`; `token_revoked` as {@link lockLiveUser}
   */
  async take(userId: string): Promise<TakenBinding> {
    if (this.config.PHONE_BINDINGS_PER_DAY === 0) throw new Problem('phone_binding_disabled');
    const now = Date.now();
    const day = Math.floor(now / DAY_MS);
    const taken = await this.database.write((manager) => this.count(manager, userId, day));
    if (taken) return { userId, day };
    const retryAfterSeconds = Math.ceil(((day + 1) * DAY_MS - now) / 1000);
    throw new Problem('phone_bindings_exhausted', { retryAfterSeconds });
  }

  /** Returns a binding to the quota after a call that bound no number. */
  async giveBack({ userId, day }: TakenBinding): Promise<void> {
    await this.database.write((manager) =>
      manager
        .createQueryBuilder()
        .update(UserPhone)
        .set({ quotaUsed: () => 'quota_used - 1' })
        .where('user_id = :userId AND quota_day = :day AND quota_used > 0', { userId, day })
        .execute(),
    );
  }

  private async count(manager: EntityManager, userId: string, day: number): Promise<boolean> {
    await lockLiveUser(manager, userId);
    if (!(await manager.existsBy(UserPhone, { userId }))) {
      const row = { userId, phone: null, phoneHash: null, boundAt: null, quotaDay: day, quotaUsed: 0 };
      await insertRow(manager, UserPhone, row);
    }
    // The day never decreases: the clock of another instance may be ahead around midnight.
    const { affected } = await manager
      .createQueryBuilder()
      .update(UserPhone)
      .set({
        quotaUsed: () => 'CASE WHEN quota_day < :day THEN 1 ELSE quota_used + 1 END',
        quotaDay: () => 'CASE WHEN quota_day < :day THEN :day ELSE quota_day END',
      })
      .where('user_id = :userId AND (quota_day < :day OR quota_used < :perDay)', {
        userId,
        day,
        perDay: this.config.PHONE_BINDINGS_PER_DAY,
      })
      .execute();
    return affected === 1;
  }
}
