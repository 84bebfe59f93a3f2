import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/** The address of a receiver, and the kinds of events that it gets. */
@Entity('webhook_endpoints')
@Unique('uq_webhook_endpoints_slot', ['slot'])
export class WebhookEndpoint {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** From 0 up to the greatest number of endpoints: unique, so that concurrent creations stay within that number. */
  @Column({ type: 'integer' })
  slot!: number;

  @Column({ type: 'varchar', length: 512 })
  url!: string;

  /** Kinds of events, separated by spaces. */
  @Column({ type: 'varchar', length: 1024 })
  events!: string;

  /** Sealed. Signs each message. */
  @Column({ type: 'varchar', length: 255 })
  secret!: string;

  /** Sealed. The secret before the last rotation, which signs too until it is dropped. */
  @Column({ name: 'previous_secret', type: 'varchar', length: 255, nullable: true })
  previousSecret!: string | null;

  /** By the database's clock, like the other times. */
  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  @Column({ name: 'rotated_at', ...epochMs, nullable: true })
  rotatedAt!: number | null;

  /** Random id of the process that delivers the messages of this endpoint. */
  @Column({ name: 'lease_owner', type: 'varchar', length: 36, nullable: true })
  leaseOwner!: string | null;

  /** Until then no other process delivers them. */
  @Column({ name: 'lease_until', ...epochMs })
  leaseUntil!: number;
}
