import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { MAX_AVATAR_URL_LENGTH } from './avatar-url.js';
import { NICKNAME, normalizeNickname } from './nickname.js';
import type { OwnProfile } from './profiles.service.js';

/** An absent member is not changed, `null` removes it: neither is validated. */
const Removable = () => ValidateIf((_, value) => value !== undefined && value !== null);

const AVATAR_URL_EXAMPLE = 'https://thirdwx.qlogo.cn/mmopen/vi_32/Q0j4TwGTfTK/132';

/** Body of `PUT /api/me`. */
export class ChangeProfileRequest {
  @ApiPropertyOptional({
    description:
      'The name that others see. Stored in Unicode form NFC. One character must be visible. Control characters and characters ' +
      'that change the direction of text are refused. `null` removes it.',
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 64,
    example: '小明',
  })
  @Removable()
  @Transform(({ value }) => normalizeNickname(value))
  @IsString()
  @Matches(NICKNAME, {
    message:
      'nickname must be 1 to 64 characters, not all of them invisible, without control, direction and broken characters',
  })
  nickname?: string | null;

  @ApiPropertyOptional({
    description:
      'An https address at one of `AVATAR_HOSTS`, without user and port. The service never fetches it. `null` removes it.',
    type: String,
    nullable: true,
    maxLength: MAX_AVATAR_URL_LENGTH,
    example: AVATAR_URL_EXAMPLE,
  })
  @Removable()
  @IsString()
  @MaxLength(MAX_AVATAR_URL_LENGTH)
  avatar_url?: string | null;
}

/** Answer of `GET` and `PUT /api/me`. */
export class ProfileResponse {
  @ApiProperty({ description: 'Id of the user in this service, `sub` of the tokens.', format: 'uuid' })
  user_id!: string;

  @ApiProperty({ type: String, nullable: true, example: '小明' })
  nickname!: string | null;

  @ApiProperty({ type: String, nullable: true, example: AVATAR_URL_EXAMPLE })
  avatar_url!: string | null;

  @ApiProperty({
    description: 'The phone number that is bound, masked. `POST /api/me/phone` binds one.',
    type: String,
    nullable: true,
    example: '138****5678',
  })
  phone!: string | null;

  @ApiProperty({ description: 'When the user first logged in.', format: 'date-time' })
  created_at!: string;

  static of({ user, phone }: OwnProfile): ProfileResponse {
    return {
      user_id: user.id,
      nickname: user.nickname,
      avatar_url: user.avatarUrl,
      phone,
      created_at: new Date(user.createdAt).toISOString(),
    };
  }
}
