import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository, SelectQueryBuilder } from 'typeorm';
import { firstIdOf } from '@app/database';
import { AuthEvent, type AuthEventKind } from './auth-event.entity.js';

/** Rows that one page reads at most: a filter that matches few of them must not scan the whole table. */
const MAX_ROWS_READ = 20_000;

/** Which events are listed. */
export interface EventFilter {
  /** Events of other mini-programs are left out. */
  readonly appids: readonly string[];
  readonly userId?: string | undefined;
  readonly kind?: string | undefined;
  /** Only events of this mini-program. */
  readonly appid?: string | undefined;
  /** The time of the events in epoch milliseconds: from `from` on, and before `to`. It is a range of ids. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only events before the one with this id. */
  readonly before?: string | undefined;
}

/** A page of events, the newest first. */
export interface EventPage {
  readonly items: readonly AuthEvent[];
  /** The id that the next page begins before; undefined after the last one. */
  readonly next: string | undefined;
}

/** Returns a time that ids can have: the client names any. */
const inIds = (epochMs: number) => Math.max(0, epochMs);

/** Reads the audit log. */
@Injectable()
export class AuditLogService {
  constructor(@InjectRepository(AuthEvent) private readonly events: Repository<AuthEvent>) {}

  /** Returns a page of events. It may have fewer events than the limit, or none, and still a next one. */
  async list(filter: EventFilter, limit: number): Promise<EventPage> {
    const { appids, userId, kind, appid } = filter;
    const floor = await this.rowsOf(filter).offset(MAX_ROWS_READ).limit(1).getOne();
    const query = this.rowsOf(filter).andWhere('(event.appid IS NULL OR event.appid IN (:...appids))', {
      appids,
    });
    if (floor) query.andWhere('event.id >= :floor', { floor: floor.id });
    if (userId !== undefined) query.andWhere('event.userId = :userId', { userId });
    if (kind !== undefined) query.andWhere('event.kind = :kind', { kind });
    if (appid !== undefined) query.andWhere('event.appid = :appid', { appid });
    const items = await query.limit(limit).getMany();
    return { items, next: items.length === limit ? items.at(-1)?.id : floor?.id };
  }

  /**
   * Counts the events of each kind since a time.
   * @param since epoch milliseconds; the events are a range of the primary key
   */
  async counts(appids: readonly string[], since: number): Promise<Partial<Record<AuthEventKind, number>>> {
    const rows = await this.events
      .createQueryBuilder('event')
      .select('event.kind', 'kind')
      .addSelect('COUNT(*)', 'count')
      .where('event.id >= :first', { first: firstIdOf(since) })
      .andWhere('(event.appid IS NULL OR event.appid IN (:...appids))', { appids })
      .groupBy('event.kind')
      .orderBy('event.kind')
      .getRawMany<{ kind: AuthEventKind; count: number | string }>();
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]));
  }

  private rowsOf({ before = 'g', from, to }: EventFilter): SelectQueryBuilder<AuthEvent> {
    const query = this.events.createQueryBuilder('event').where('event.id < :before', { before });
    if (from !== undefined) query.andWhere('event.id >= :first', { first: firstIdOf(inIds(from)) });
    if (to !== undefined) query.andWhere('event.id < :end', { end: firstIdOf(inIds(to)) });
    return query.orderBy('event.id', 'DESC');
  }
}
