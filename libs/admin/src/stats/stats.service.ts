import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AuditLogService, HOUR_MS, HourlyCountsService } from '@app/audit';
import { ActiveUsersService } from '@app/auth';
import { UserDirectoryService } from '@app/users';
import { CODE2SESSION_PATH } from '@app/weixin';
import { CircuitBreakersService } from '@app/weixin-api';
import { firstHourOf, seriesOf } from './series.js';
import type { Range, StatsResponse, WeixinStats } from './stats.dto.js';

/** How long the counts of all users are remembered: with a million users, reading their indexes takes part of a second. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_ACCOUNTS = 100;

type Totals = Pick<StatsResponse, 'apps' | 'users' | 'active_today'>;

/** From the worst on. */
const STATES = ['open', 'half_open', 'closed'] as const;

/** Gathers the figures of mini-programs. */
@Injectable()
export class StatsService {
  private readonly remembered = new LRUCache<string, Promise<Totals>>({
    max: REMEMBERED_ACCOUNTS,
    ttl: REMEMBERED_MS,
  });

  constructor(
    private readonly auditLog: AuditLogService,
    private readonly counts: HourlyCountsService,
    private readonly directory: UserDirectoryService,
    private readonly activeUsers: ActiveUsersService,
    private readonly circuits: CircuitBreakersService,
  ) {}

  /** Returns the figures of a range that ends now; the counts of all users are a minute old at most. */
  async read(appids: readonly string[], range: Range): Promise<StatsResponse> {
    // The time in the ids and in the counts is that of the instances.
    const now = Date.now();
    const firstHour = firstHourOf(range, now);
    const [totals, events, counts, refusals, leaving] = await Promise.all([
      this.totals(appids),
      this.auditLog.counts(appids, now - HOUR_MS),
      this.counts.byKind(appids, firstHour),
      this.counts.refusals(appids, firstHour),
      this.directory.countLeaving(appids),
    ]);
    const phones = counts.filter(({ kind }) => kind === 'phone_bound');
    return {
      ...totals,
      events_last_hour: events,
      range,
      series: seriesOf(range, firstHour, counts),
      refusals,
      phone_numbers: phones.reduce((sum, { count }) => sum + count, 0),
      deletions_due: leaving,
      weixin: this.weixin(appids),
    };
  }

  private totals(appids: readonly string[]): Promise<Totals> {
    const key = appids.join(' ');
    const known = this.remembered.get(key);
    if (known) return known;
    const totals = this.countAll(appids).catch((error: unknown) => {
      this.remembered.delete(key);
      throw error;
    });
    this.remembered.set(key, totals);
    return totals;
  }

  private async countAll(appids: readonly string[]): Promise<Totals> {
    const [apps, users, active] = await Promise.all([
      this.directory.counts(appids),
      this.directory.countUsers(appids),
      this.activeUsers.today(appids),
    ]);
    return { apps, users, active_today: active };
  }

  private weixin(appids: readonly string[]): WeixinStats {
    const exchanges = this.circuits
      .report()
      .filter(({ appid, path }) => path === CODE2SESSION_PATH && appids.includes(appid));
    const circuit = STATES.find((state) => exchanges.some((one) => one.state === state)) ?? 'closed';
    const times = exchanges.flatMap(({ answerMs }) => answerMs ?? []);
    if (times.length === 0) return { circuit };
    return { circuit, exchange_ms: Math.round(Math.max(...times)) };
  }
}
