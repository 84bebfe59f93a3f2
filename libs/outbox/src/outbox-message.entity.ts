import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';
import type { OutboxEventKind } from './outbox-event.js';

/** The states of a message. `dead`: no further attempt until a replay. */
export const OUTBOX_MESSAGE_STATES = ['pending', 'delivered', 'dead'] as const;

/** The state of a message. */
export type OutboxMessageState = (typeof OUTBOX_MESSAGE_STATES)[number];

/**
 * One event for one endpoint. One index finds the messages that are due, the other one lists those of a state by age. An
 * endpoint can have a hundred thousand.
 */
@Entity('outbox')
@Index('ix_outbox_endpoint_id_next_attempt_at', ['endpointId', 'nextAttemptAt'])
@Index('ix_outbox_endpoint_id_state_id', ['endpointId', 'state', 'id'])
export class OutboxMessage {
  /** UUIDv7 of {@link createdAt}: old messages are a range of the primary key. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** `webhook-id`: the same in every attempt and for every endpoint. */
  @Column({ name: 'event_id', type: 'varchar', length: 36 })
  eventId!: string;

  @Column({ name: 'endpoint_id', type: 'varchar', length: 36 })
  endpointId!: string;

  @Column({ type: 'varchar', length: 32 })
  kind!: OutboxEventKind;

  /** The user of the event, if it has one. */
  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId!: string | null;

  /** The body as it is sent: JSON, without personal data. */
  @Column({ type: 'text' })
  payload!: string;

  /** By the database's clock, like the other times. */
  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  @Column({ type: 'varchar', length: 16 })
  state!: OutboxMessageState;

  /** When the next attempt is due; null if the message is not pending. */
  @Column({ name: 'next_attempt_at', ...epochMs, nullable: true })
  nextAttemptAt!: number | null;

  /** An attempt that fails after this time is the last. */
  @Column({ name: 'give_up_at', ...epochMs })
  giveUpAt!: number;

  /** Attempts whose result is known, since the creation or the last replay. */
  @Column({ type: 'integer' })
  attempts!: number;

  /** Result of the last attempt: the HTTP status, or the reason why there is none. */
  @Column({ name: 'last_result', type: 'varchar', length: 64, nullable: true })
  lastResult!: string | null;

  /** When it was delivered or declared dead; null while it is pending. */
  @Column({ name: 'ended_at', ...epochMs, nullable: true })
  endedAt!: number | null;
}
