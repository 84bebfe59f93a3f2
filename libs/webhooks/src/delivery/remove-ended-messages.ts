import { type EntityManager, In } from 'typeorm';
import { firstIdOf } from '@app/database';
import { OutboxMessage, WebhookEndpoint } from '@app/outbox';

/** How long a message is stored after it was delivered or became dead. */
const STORED_MS = 7 * 86_400_000;

/**
 * Removes messages that were delivered, or became dead, more than 7 days ago, or whose endpoint is gone, at most `rows`.
 * Reads only rows of that age, which are a range of the primary key.
 * @param now epoch milliseconds of the database's clock
 * @returns whether more may be left
 */
export async function removeEndedMessages(
  manager: EntityManager,
  now: number,
  rows: number,
): Promise<boolean> {
  const before = now - STORED_MS;
  // An instance may append to an endpoint for a second after its removal.
  const endpoints = manager.createQueryBuilder(WebhookEndpoint, 'endpoint').select('endpoint.id');
  const old = await manager
    .createQueryBuilder(OutboxMessage, 'message')
    .select('message.id', 'id')
    .where('message.id < :end', { end: firstIdOf(before) })
    .andWhere(`(message.endedAt < :before OR message.endpointId NOT IN (${endpoints.getQuery()}))`, {
      before,
    })
    .orderBy('message.id')
    .limit(rows)
    .getRawMany<{ id: string }>();
  if (old.length === 0) return false;
  await manager.delete(OutboxMessage, { id: In(old.map(({ id }) => id)) });
  return old.length === rows;
}
