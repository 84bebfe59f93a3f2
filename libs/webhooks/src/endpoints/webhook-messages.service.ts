import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, Not, type FindOptionsWhere, type Repository } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { Database, newId } from '@app/database';
import { GIVE_UP_AFTER_MS, OUTBOX_MESSAGE_STATES, OutboxMessage, type OutboxMessageState } from '@app/outbox';
import { WebhookSenderService } from '../delivery/webhook-sender.service.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';

/** Rows of one write of a replay. */
const BATCH = 500;

/** Lists, repeats and tries out the messages of one endpoint. */
@Injectable()
export class WebhookMessagesService {
  constructor(
    @InjectRepository(OutboxMessage) private readonly messages: Repository<OutboxMessage>,
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsService,
    private readonly sender: WebhookSenderService,
    private readonly events: AuthEventsService,
  ) {}

  /**
   * Returns messages, the newest first.
   * @param page `before`: the id of the last message of the page before
   * @throws {Problem} `not_found`
   */
  async list(
    endpointId: string,
    page: { state?: OutboxMessageState | undefined; before?: string | undefined; limit: number },
  ): Promise<OutboxMessage[]> {
    await this.endpoints.get(endpointId);
    const found = new Map<string, OutboxMessage>();
    // One read of an index for each state: in one statement, databases sort all messages of the endpoint.
    for (const state of page.state === undefined ? OUTBOX_MESSAGE_STATES : [page.state]) {
      const messages = await this.messages.find({
        where: { endpointId, state, ...(page.before !== undefined && { id: LessThan(page.before) }) },
        order: { id: 'DESC' },
        take: page.limit,
      });
      for (const message of messages) found.set(message.id, message);
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, page.limit);
  }

  /**
   * Sends dead messages again, for three more days, with the `webhook-id` that they had.
   * @param messageId this message only, which may be delivered too
   * @returns how many are pending again
   * @throws {Problem} `not_found`
   */
  async replay(endpointId: string, messageId?: string, actor?: string): Promise<number> {
    await this.endpoints.get(endpointId);
    const which: FindOptionsWhere<OutboxMessage> =
      messageId === undefined ? { state: 'dead' } : { id: messageId, endedAt: Not(IsNull()) };
    // Before the first batch, so that no replay is without its event.
    await this.events.commit({ kind: 'webhook_replayed', detail: endpointId, actor });
    let count = 0;
    for (let replayed = BATCH; replayed === BATCH; count += replayed)
      replayed = await this.replayBatch({ endpointId, ...which });
    return count;
  }

  /**
   * Sends a message of the type `webhook.test` now, once, and stores nothing of it.
   * @returns as {@link WebhookTransport.send}
   * @throws {Problem} `not_found`
   */
  async test(endpointId: string): Promise<string> {
    const endpoint = await this.endpoints.get(endpointId);
    const timestamp = new Date(this.database.clock.now()).toISOString();
    const body = JSON.stringify({ type: 'webhook.test', timestamp, data: {} });
    return this.sender.send(endpoint, { id: newId(), body });
  }

  /** Returns the age of the oldest message of all endpoints that is not delivered; 0 if there is none. */
  async oldestPendingMs(): Promise<number> {
    const now = this.database.clock.now();
    let oldest = now;
    for (const { id: endpointId } of await this.endpoints.list()) {
      const message = await this.messages.findOne({
        select: { id: true, createdAt: true },
        where: { endpointId, state: 'pending' },
        order: { id: 'ASC' },
      });
      if (message) oldest = Math.min(oldest, message.createdAt);
    }
    return now - oldest;
  }

  private replayBatch(where: FindOptionsWhere<OutboxMessage>): Promise<number> {
    return this.database.write(async (manager) => {
      const rows = await manager.find(OutboxMessage, { select: { id: true }, where, take: BATCH });
      const now = this.database.clock.now();
      const pending = {
        state: 'pending' as const,
        nextAttemptAt: now,
        giveUpAt: now + GIVE_UP_AFTER_MS,
        attempts: 0,
        endedAt: null,
      };
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await manager.update(OutboxMessage, { id: In(ids) }, pending);
      return ids.length;
    });
  }
}
