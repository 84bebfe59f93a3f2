import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { awaitAll, Database, newId, Prepared } from '@app/database';
import type { OutboxEvent, OutboxEventKind } from './outbox-event.js';
import { OutboxMessage } from './outbox-message.entity.js';
import { SubscriptionsService } from './subscriptions.service.js';

/** How long an undelivered message is sent again. */
export const GIVE_UP_AFTER_MS = 3 * 86_400_000;

const INSERT = new Prepared((manager, message: OutboxMessage) =>
  manager.createQueryBuilder().insert().into(OutboxMessage).values(message),
);

/** Writes events for the receivers of webhooks. */
@Injectable()
export class OutboxService {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly database: Database,
  ) {}

  /**
   * Writes events in the transaction of the change that they report: they are committed with it or not at all. Without an
   * endpoint that subscribes to a kind, nothing is written and no statement runs.
   * @param manager of the {@link Database.write} that makes the change
   * @example
   * ```ts
   * await this.outbox.append(manager, { kind: 'user.disabled', data: { user_id: id } });
   * ```
   */
  async append(manager: EntityManager, ...events: readonly OutboxEvent[]): Promise<void> {
    const messages: OutboxMessage[] = [];
    for (const event of events) {
      const endpointIds = await this.subscriptions.subscribersTo(event.kind, manager);
      if (endpointIds.length === 0) continue;
      const message = this.messageOf(event);
      for (const endpointId of endpointIds) messages.push({ ...message, id: newId(), endpointId });
    }
    await awaitAll(messages.map((message) => INSERT.change(manager, message)));
  }

  /** Returns whether an endpoint subscribes to a kind, for a change that does more for an exact event. */
  async isSubscribed(kind: OutboxEventKind, manager: EntityManager): Promise<boolean> {
    return (await this.subscriptions.subscribersTo(kind, manager)).length > 0;
  }

  private messageOf({ kind, data }: OutboxEvent): Omit<OutboxMessage, 'endpointId' | 'id'> {
    const now = this.database.clock.now();
    return {
      eventId: newId(),
      kind,
      userId: data.user_id,
      payload: JSON.stringify({ type: kind, timestamp: new Date(now).toISOString(), data }),
      createdAt: now,
      state: 'pending',
      nextAttemptAt: now,
      giveUpAt: now + GIVE_UP_AFTER_MS,
      attempts: 0,
      lastResult: null,
      endedAt: null,
    };
  }
}
