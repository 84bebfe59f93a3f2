import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';

/** Body of `POST /api/me/merge`. */
export class MergeRequest {
  @ApiProperty({
    description:
      'Whose document remains: your own, or that of the other user. The other document is deleted.',
    enum: ['mine', 'other'],
  })
  @IsIn(['mine', 'other'])
  keep!: 'mine' | 'other';

  @ApiPropertyOptional({
    description:
      'The code of `wx.login()` in the mini-program where you are the other user. Without it, the other user is the oldest ' +
      'one who has a unionid that you have too.',
    example: 'the code is a mock one of bob',
    minLength: 1,
    maxLength: 512,
  })
  // An appid names the mini-program of the code: without a code it is a mistake.
  @ValidateIf(({ code, appid }: MergeRequest) => code !== undefined || appid !== undefined)
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'code must be 1 to 512 characters' })
  code?: string;

  @ApiPropertyOptional({
    description: 'The mini-program of the code. Default: the first one of the service.',
    example: 'wxsandbox000000002',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 64)
  appid?: string;
}

/** Answer of `POST /api/me/merge`. */
export class MergeResponse {
  @ApiProperty({ description: 'Your id, as before.', format: 'uuid' })
  user_id!: string;

  @ApiProperty({ description: 'The id of the other user, which no login leads to any more.', format: 'uuid' })
  merged_user_id!: string;

  @ApiProperty({ description: 'Version of the document, above both before; the ETag too.', example: 1 })
  version!: number;
}
