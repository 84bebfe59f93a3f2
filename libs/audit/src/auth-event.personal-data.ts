import type { EntityManager } from 'typeorm';
import { type IdRange, nextRange } from '@app/database';
import { type PersonalDataHandler, PersonalDataOf, type StoredColumns } from '@app/personal-data';
import { AuthEvent } from './auth-event.entity.js';
import { eventsWithin } from './erase-events.js';
import { firstEventIdOf } from './first-event-id.js';

/** Rows of one statement, so that reads of requests wait a few milliseconds for it. */
const ROWS_AT_ONCE = 5000;

const RETENTION = { en: '`AUTH_EVENTS_RETENTION_DAYS`', zh: '`AUTH_EVENTS_RETENTION_DAYS`' };
const RETENTION_OR_ERASURE = { en: `${RETENTION.en}, or erasure`, zh: `${RETENTION.zh}，或用户被清除` };

@PersonalDataOf(AuthEvent)
export class AuthEventPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'at', 'kind', 'user_id', 'session_id', 'appid', 'actor'],
      purpose: {
        en: 'network log that the law requires; investigation of incidents',
        zh: '法律要求的网络日志；安全事件排查',
      },
      until: RETENTION,
    },
    {
      columns: ['ip'],
      purpose: { en: 'the same: the network', zh: '同上：所在网络' },
      protection: 'masked',
      until: RETENTION_OR_ERASURE,
    },
    {
      columns: ['user_agent', 'detail'],
      purpose: { en: 'the same: the client, the reason of a refusal', zh: '同上：客户端、拒绝的原因' },
      until: RETENTION_OR_ERASURE,
    },
  ];

  readonly merge = {
    omittedBecause: 'An event stays with the user it happened to. The event users_merged names both users.',
  };

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const events: AuthEvent[] = [];
    let range: IdRange | undefined;
    let from = userIds.map(firstEventIdOf).sort()[0] ?? '';
    while ((range = await nextRange(manager, AuthEvent, from, ROWS_AT_ONCE))) {
      events.push(
        ...(await manager.find(AuthEvent, { where: eventsWithin(range, userIds), order: { id: 'ASC' } })),
      );
      from = range.to;
    }
    return events.map((event) => ({
      id: event.id,
      at: new Date(event.at),
      kind: event.kind,
      user_id: event.userId,
      session_id: event.sessionId,
      appid: event.appid,
      ip: event.ip,
      user_agent: event.userAgent,
      actor: event.actor,
      detail: event.detail,
    }));
  }

  readonly erase = {
    omittedBecause:
      'The table has no index by user, so the erasure removes address, user agent and detail in steps: eraseEvents.',
  };
}
