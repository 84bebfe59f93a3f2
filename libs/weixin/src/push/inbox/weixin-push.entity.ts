import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/** A push that WeChat has encrypted and signed. The row is deleted after three days. */
@Entity('weixin_pushes')
@Unique('uq_weixin_pushes_digest', ['digest'])
@Index('ix_weixin_pushes_user_id', ['userId'])
@Index('ix_weixin_pushes_person_hash', ['personHash'])
@Index('ix_weixin_pushes_forward_at', ['forwardAt'])
export class WeixinPush {
  /** UUIDv7 of the arrival: old rows are a range of the primary key. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  appid!: string;

  /** SHA-256 of appid and content, base64url: the same push sent again has the same. */
  @Column({ type: 'varchar', length: 43 })
  digest!: string;

  /** The user whom the push is about; null if the person has no identity here. */
  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId!: string | null;

  /** Hash of the appid and openid of a person without a user, by which an erasure finds the push later; else null. */
  @Column({ name: 'person_hash', type: 'varchar', length: 64, nullable: true })
  personHash!: string | null;

  /** `Event` of the content, else its `MsgType`. */
  @Column({ type: 'varchar', length: 64 })
  event!: string;

  /** The request and its content, sealed by `sealPush`. */
  @Column({ type: 'text' })
  push!: string;

  @Column({ name: 'received_at', ...epochMs })
  receivedAt!: number;

  /** Whether the service acted on the push: then it is forwarded again after a failure. */
  @Column({ name: 'is_handled', type: 'integer' })
  isHandled!: number;

  /** When to forward the push, by the database's clock; null if it is forwarded, or WeChat has to repeat it. */
  @Column({ name: 'forward_at', ...epochMs, nullable: true })
  forwardAt!: number | null;

  @Column({ name: 'forward_attempts', type: 'integer' })
  forwardAttempts!: number;

  /** When the answer of `WEIXIN_PUSH_FORWARD_URL` was a success. */
  @Column({ name: 'forwarded_at', ...epochMs, nullable: true })
  forwardedAt!: number | null;
}
