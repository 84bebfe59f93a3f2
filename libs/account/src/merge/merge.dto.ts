import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';

/** Body of `POST /api/me/merge`. */
export class MergeDto {
  @ApiProperty({
    description:
      'Whose document the merged user has: your own, or that of the other user. The other one is gone.',
    enum: ['mine', 'other'],
  })
  @IsIn(['mine', 'other'])
  keep!: 'mine' | 'other';

  @ApiPropertyOptional({
    description:
      'What `wx.login()` gives in the mini-program where you are the other user. Without it, the other user is one who has ' +
      'a unionid that you have too; of several, the oldest.',
    example: 'the code is a mock one of bob',
    minLength: 1,
    maxLength: 512,
  })
  // An appid says what a code is of: alone it is a mistake.
  @ValidateIf(({ code, appid }: MergeDto) => code !== undefined || appid !== undefined)
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'code must be 1 to 512 characters' })
  code?: string;

  @ApiPropertyOptional({
    description: 'The mini-program the code is of. Default: the first one of the service.',
    example: 'wxsandbox000000002',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 64)
  appid?: string;
}

/** Answer of `POST /api/me/merge`. */
export class MergeAnswer {
  @ApiProperty({ description: 'Your id, as before.', format: 'uuid' })
  user_id!: string;

  @ApiProperty({ description: 'The id of the other user, which is no more.', format: 'uuid' })
  merged_user_id!: string;

  @ApiProperty({ description: 'Version of the document, above both before; the ETag too.', example: 1 })
  version!: number;
}
