import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository, SelectQueryBuilder } from 'typeorm';
import { type CountedKind, HourlyCount } from './hourly-count.entity.js';

/** How often something of a kind happened in an hour. */
export interface KindCount {
  /** Whole hours since 1970, UTC. */
  readonly hour: number;
  readonly kind: CountedKind;
  readonly count: number;
}

/** How often something of a kind happened in a mini-program. */
export interface AppCount extends Omit<KindCount, 'hour'> {
  readonly appid: string;
}

/** How often a login was refused for a reason. */
export interface RefusalCount {
  /** A code of docs/errors.md. */
  readonly code: string;
  readonly count: number;
}

/**
 * Reads the counts per hour. They include what a flush of the audit log has written: of the last second, nothing yet. What
 * happened without a mini-program is counted for every caller.
 */
@Injectable()
export class HourlyCountsService {
  constructor(@InjectRepository(HourlyCount) private readonly counts: Repository<HourlyCount>) {}

  /** Returns the counts of each hour from `hour` on, of some mini-programs together. Hours without any are absent. */
  async byKind(appids: readonly string[], hour: number): Promise<KindCount[]> {
    const rows = await this.since(appids, hour)
      .select(['counts.hour AS hour', 'counts.kind AS kind', 'SUM(counts.count) AS count'])
      .groupBy('counts.hour')
      .addGroupBy('counts.kind')
      .orderBy('counts.hour')
      .getRawMany<{ hour: number; kind: CountedKind; count: number | string }>();
    return rows.map(({ hour, kind, count }) => ({ hour, kind, count: Number(count) }));
  }

  /** Returns the counts of each mini-program from `hour` on. */
  async byApp(appids: readonly string[], hour: number): Promise<AppCount[]> {
    const rows = await this.since(appids, hour)
      .select(['counts.appid AS appid', 'counts.kind AS kind', 'SUM(counts.count) AS count'])
      .groupBy('counts.appid')
      .addGroupBy('counts.kind')
      .getRawMany<{ appid: string; kind: CountedKind; count: number | string }>();
    return rows.map(({ appid, kind, count }) => ({ appid, kind, count: Number(count) }));
  }

  /** Returns the refusals from `hour` on by their code, the most frequent first. */
  async refusals(appids: readonly string[], hour: number): Promise<RefusalCount[]> {
    const rows = await this.since(appids, hour)
      .select(['counts.code AS code', 'SUM(counts.count) AS count'])
      .andWhere("counts.kind = 'login_refused'")
      .groupBy('counts.code')
      .orderBy('SUM(counts.count)', 'DESC')
      .addOrderBy('counts.code')
      .getRawMany<{ code: string; count: number | string }>();
    return rows.map(({ code, count }) => ({ code, count: Number(count) }));
  }

  private since(appids: readonly string[], hour: number): SelectQueryBuilder<HourlyCount> {
    return this.counts
      .createQueryBuilder('counts')
      .where('counts.hour >= :hour', { hour })
      .andWhere('counts.appid IN (:...appids)', { appids: ['', ...appids] });
  }
}
