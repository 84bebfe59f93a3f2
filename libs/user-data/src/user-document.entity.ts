import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** The one JSON document of a user. No row means the document of a new user, version 0. */
@Entity('user_documents')
export class UserDocument {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  /** Incremented by every write. It is the ETag. */
  @Column({ type: 'integer' })
  version!: number;

  /** `storedText` of an object without a member `code`, at most 64 KiB. */
  @Column({ type: 'text' })
  body!: string;

  @Column({ name: 'updated_at', ...epochMs })
  updatedAt!: number;
}
