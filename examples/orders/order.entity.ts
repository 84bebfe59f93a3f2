import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** One order of a user. */
@Entity('orders')
@Index('ix_orders_user_id', ['userId'])
export class Order {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @Column({ type: 'varchar', length: 64 })
  title!: string;

  @Column({ type: 'integer' })
  quantity!: number;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;
}
