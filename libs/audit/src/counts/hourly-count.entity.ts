import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is counted per hour. `new_user`: a login that created its user. */
export type CountedKind = 'login' | 'login_refused' | 'new_user' | 'phone_bound';

/** How often something happened in an hour, on all instances together. Has nothing of a person. */
@Entity('hourly_counts')
export class HourlyCount {
  /** Whole hours since 1970, UTC. */
  @PrimaryColumn({ type: 'integer' })
  hour!: number;

  /** Empty if no mini-program of this service was named. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  appid!: string;

  @PrimaryColumn({ type: 'varchar', length: 32 })
  kind!: CountedKind;

  /** The problem code of a refused login, else empty. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  code!: string;

  @Column({ type: 'integer' })
  count!: number;
}
