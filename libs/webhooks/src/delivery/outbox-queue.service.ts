import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, IsNull, type Repository } from 'typeorm';
import { Database, databaseNow, newId, Prepared } from '@app/database';
import { OutboxMessage, WebhookEndpoint } from '@app/outbox';
import { ATTEMPT_TIMEOUT_MS } from '../transport/webhook-transport.js';
import { nextAttemptAt } from './next-attempt.js';
import { WEBHOOK_ATTEMPT_EVENTS, type WebhookOutcome } from './webhook-attempt-events.js';
import { isDelivered } from './webhook-sender.service.js';

/** Messages that are sent to one endpoint at the same time. */
const BATCH = 16;
/** After a process was killed, another one delivers its messages after this time at most. */
const LEASE_MS = 15_000;
/** A batch starts only if the lease outlasts its slowest attempt, with a margin for a busy process. */
const NEEDED_MS = ATTEMPT_TIMEOUT_MS + 2000;

/** A message that is due. */
export type DueMessage = Pick<OutboxMessage, 'id' | 'eventId' | 'payload' | 'attempts' | 'giveUpAt'>;

/** The result of one attempt, as {@link WebhookTransport.send} returns it. */
export interface Attempt {
  readonly message: DueMessage;
  readonly result: string;
}

/** Some drivers return a bigint as text. */
type DueRow = Omit<DueMessage, 'giveUpAt'> & { giveUpAt: number | string };

const DUE = new Prepared((manager, where: { endpointId: string; now: number }) =>
  manager
    .createQueryBuilder(OutboxMessage, 'message')
    .select([
      'message.id AS "id"',
      'message.eventId AS "eventId"',
      'message.payload AS "payload"',
      'message.attempts AS "attempts"',
      'message.giveUpAt AS "giveUpAt"',
    ])
    .where('message.endpointId = :endpointId AND message.nextAttemptAt <= :now', where)
    .orderBy('message.nextAttemptAt')
    .addOrderBy('message.id')
    .limit(BATCH),
);

/**
 * Takes messages of the outbox and records their attempts. An endpoint is leased to one process at a time, by a conditional
 * UPDATE, so that no message is sent twice at once. The lease ends by itself: if the process is killed, another one sends
 * what has no result, with the same `webhook-id`.
 */
@Injectable()
export class OutboxQueueService {
  private readonly logger = new Logger(OutboxQueueService.name);
  /** This process. */
  private readonly owner = newId();
  /** Of the endpoints leased by this process: until when, in milliseconds of `performance.now()`. */
  private readonly leasedUntil = new Map<string, number>();

  constructor(
    @InjectRepository(OutboxMessage) private readonly messages: Repository<OutboxMessage>,
    private readonly database: Database,
  ) {}

  /** Returns messages of an endpoint that are due; none if another process delivers to it. They stay due until {@link record}. */
  async take(endpointId: string): Promise<DueMessage[]> {
    const due = await this.due(endpointId);
    if (due.length === 0) return [];
    const leftMs = (this.leasedUntil.get(endpointId) ?? 0) - performance.now();
    if (leftMs >= NEEDED_MS) return due;
    if (!(await this.lease(endpointId))) return [];
    // The process that had the lease may have delivered some of them meanwhile.
    return this.due(endpointId);
  }

  /** Stores the results of attempts, and publishes them. */
  async record(endpointId: string, attempts: readonly Attempt[]): Promise<void> {
    const outcomes = await this.database.write(async (manager) => {
      const now = this.database.clock.now();
      const delivered = attempts.filter(({ result }) => isDelivered(result));
      await recordDelivered(manager, delivered, now);
      const outcomes = delivered.map((): WebhookOutcome => 'delivered');
      for (const attempt of attempts)
        if (!delivered.includes(attempt)) outcomes.push(await recordFailed(manager, attempt, now));
      return outcomes;
    }, endpointId);
    if (WEBHOOK_ATTEMPT_EVENTS.hasSubscribers)
      for (const outcome of outcomes) WEBHOOK_ATTEMPT_EVENTS.publish(outcome);
  }

  /** Lets other processes deliver immediately. */
  async release(): Promise<void> {
    const ids = [...this.leasedUntil.keys()];
    this.leasedUntil.clear();
    if (ids.length === 0) return;
    await this.database.write((manager) =>
      manager.update(WebhookEndpoint, { id: In(ids), leaseOwner: this.owner }, { leaseUntil: 0 }),
    );
  }

  private async due(endpointId: string): Promise<DueMessage[]> {
    const where = { endpointId, now: this.database.clock.now() };
    const rows = await DUE.rows<DueRow>(this.messages.manager, where);
    return rows.map((row) => ({ ...row, giveUpAt: Number(row.giveUpAt) }));
  }

  private async lease(endpointId: string): Promise<boolean> {
    const askedAt = performance.now();
    const { affected } = await this.database.write((manager) => {
      const now = databaseNow(manager);
      return manager
        .createQueryBuilder()
        .update(WebhookEndpoint)
        .set({ leaseOwner: this.owner, leaseUntil: () => `${now} + ${LEASE_MS}` })
        .where('id = :endpointId', { endpointId })
        .andWhere(`(lease_owner = :owner OR lease_until < ${now})`, { owner: this.owner })
        .execute();
    }, endpointId);
    if (affected !== 1) return false;
    if (askedAt > (this.leasedUntil.get(endpointId) ?? 0))
      this.logger.debug({ msg: 'this instance delivers a webhook', webhook_endpoint: endpointId });
    this.leasedUntil.set(endpointId, askedAt + LEASE_MS);
    return true;
  }
}

/** In one statement for each status: nearly always one. */
async function recordDelivered(
  manager: EntityManager,
  attempts: readonly Attempt[],
  now: number,
): Promise<void> {
  for (const lastResult of new Set(attempts.map(({ result }) => result))) {
    const ids = attempts.flatMap(({ message, result }) => (result === lastResult ? message.id : []));
    await manager.update(
      OutboxMessage,
      { id: In(ids), endedAt: IsNull() },
      { attempts: () => 'attempts + 1', lastResult, state: 'delivered', nextAttemptAt: null, endedAt: now },
    );
  }
}

/** Changes nothing if another process has recorded a later attempt, after this one lost its lease. */
async function recordFailed(
  manager: EntityManager,
  { message, result: lastResult }: Attempt,
  now: number,
): Promise<WebhookOutcome> {
  const attempts = message.attempts + 1;
  const next = nextAttemptAt(attempts, now, message.giveUpAt);
  const then =
    next === undefined
      ? { state: 'dead' as const, nextAttemptAt: null, endedAt: now }
      : { nextAttemptAt: next };
  const where = { id: message.id, endedAt: IsNull(), attempts: message.attempts };
  await manager.update(OutboxMessage, where, { attempts, lastResult, ...then });
  return next === undefined ? 'dead' : 'failed';
}
