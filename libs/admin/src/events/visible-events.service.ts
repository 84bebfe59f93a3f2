import { Injectable } from '@nestjs/common';
import { AuditLogService, type EventPage } from '@app/audit';
import { UserDirectoryService } from '@app/users';
import type { EventFilterQuery } from './event.dto.js';

const time = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/** Reads the events that an account may see: those of its mini-programs, of its users, and of the service itself. */
@Injectable()
export class VisibleEventsService {
  constructor(
    private readonly auditLog: AuditLogService,
    private readonly directory: UserDirectoryService,
  ) {}

  /**
   * Returns a page. It may have fewer events than the limit, or none, and still a next one.
   * @param before the id that the page begins before; undefined for the first one
   */
  async page(
    appids: readonly string[],
    { user_id: userId, kind, appid, from, to }: EventFilterQuery,
    before: string | undefined,
    limit: number,
  ): Promise<EventPage> {
    const filter = { appids, userId, kind, appid, from: time(from), to: time(to), before };
    const { items, next } = await this.auditLog.list(filter, limit);
    // An event without a mini-program may be of a user whom the account may not see.
    const ids = items.flatMap(({ appid, userId }) => (appid === null && userId !== null ? [userId] : []));
    const visible = await this.directory.visibleIds(appids, [...new Set(ids)]);
    return {
      items: items.filter(({ appid, userId }) => appid !== null || userId === null || visible.has(userId)),
      next,
    };
  }
}
