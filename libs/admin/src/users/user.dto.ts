import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { disabledSince, type ListedUser } from '@app/users';
import { ListQuery } from '../lists/list-query.dto.js';

const time = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());
/** The states that the list can be restricted to. */
const USER_STATES = ['active', 'disabled', 'deleting'] as const;
const NULLABLE_TIME = { type: String, format: 'date-time', nullable: true } as const;

/** A user, without openid and full phone number. */
export class UserResponse {
  @ApiProperty({ description: '`sub` of the access tokens', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: '小明' })
  nickname!: string | null;

  @ApiProperty({ type: String, nullable: true })
  avatar_url!: string | null;

  @ApiProperty({ description: 'Masked', type: String, nullable: true, example: '138****5678' })
  phone!: string | null;

  @ApiProperty({ description: 'The mini-programs of the account that the user has an identity in' })
  appids!: string[];

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({
    description: '`leaving`: the deletion is requested',
    enum: ['active', 'disabled', 'leaving', 'merged'],
  })
  state!: 'active' | 'disabled' | 'leaving' | 'merged';

  @ApiProperty(NULLABLE_TIME)
  disabled_at!: string | null;

  @ApiProperty({ ...NULLABLE_TIME, description: 'When the user is enabled again by itself' })
  disabled_until!: string | null;

  @ApiProperty({ description: 'The user that has everything of this one', type: String, nullable: true })
  merged_into!: string | null;

  @ApiProperty({ ...NULLABLE_TIME, description: 'When everything stored of the user is erased' })
  deletes_at!: string | null;

  /** @param now of the database's clock */
  static of({ user, appids, phone }: ListedUser, now: number): UserResponse {
    const disabledAt = disabledSince(user, now);
    const enabled = user.deletesAt === null ? 'active' : 'leaving';
    const state = disabledAt === null ? enabled : 'disabled';
    return {
      id: user.id,
      nickname: user.nickname,
      avatar_url: user.avatarUrl,
      phone,
      appids: [...appids],
      created_at: new Date(user.createdAt).toISOString(),
      state: user.mergedInto === null ? state : 'merged',
      disabled_at: time(disabledAt),
      disabled_until: disabledAt === null ? null : time(user.disabledUntil),
      merged_into: user.mergedInto,
      deletes_at: time(user.deletesAt),
    };
  }
}

/** Answer of `GET /api/admin/users`. */
export class UserListResponse {
  @ApiProperty({ type: [UserResponse] })
  items!: UserResponse[];

  @ApiPropertyOptional({ description: 'Absent after the last page' })
  next_cursor?: string;
}

/** A user in detail. */
export class UserDetailResponse extends UserResponse {
  @ApiProperty({ description: 'Size of the stored document in UTF-8; 0 if the user has stored none' })
  document_bytes!: number;

  @ApiProperty({
    description:
      'The ids of other users who have a unionid of this one, the oldest first: one person, who can merge them by `POST /api/me/merge`',
    type: [String],
  })
  merge_offers!: string[];
}

/** Query of `GET /api/admin/users`. */
export class UserListQuery extends ListQuery {
  @ApiPropertyOptional({ description: '`next_cursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  cursor?: string;

  @ApiPropertyOptional({
    description:
      '`disabled`: the last disabled first. `deleting`: the deletion is requested, also of disabled users; the next to be erased first',
    enum: USER_STATES,
  })
  @IsOptional()
  @IsIn(USER_STATES, { message: `state must be one of ${USER_STATES.join(', ')}` })
  state?: (typeof USER_STATES)[number];

  @ApiPropertyOptional({ description: 'The beginning of a nickname, or of an id from eight characters on' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  @Matches(/^\P{Cc}+$/u, { message: 'q must have a character, and no control character' })
  q?: string;
}

/** Body of `POST /api/admin/users/{id}/disable`. */
export class DisableUserRequest {
  @ApiPropertyOptional({ description: 'For the audit log', maxLength: 64, example: 'spam' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  reason?: string;

  @ApiPropertyOptional({
    description: 'When the user is enabled again by itself, in the future. Absent: never',
    format: 'date-time',
    example: '2099-01-01T00:00:00Z',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(/T.+(Z|[+-]\d\d:\d\d)$/, { message: 'until must have a time and a time zone' })
  until?: string;
}
