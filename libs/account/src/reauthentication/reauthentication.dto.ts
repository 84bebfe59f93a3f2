import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches, ValidateIf } from 'class-validator';

/** Body of the calls that ask again who the caller is. */
export class ReauthenticationRequest {
  @ApiPropertyOptional({
    description:
      'A new code of `wx.login()` of the same person. Required, except behind the gateway of WeChat Cloud Run.',
    example: 'the code is a mock one',
    minLength: 1,
    maxLength: 512,
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'code must be 1 to 512 characters' })
  code?: string;

  @ApiPropertyOptional({
    description: 'The mini-program of the code. Default: that of the session.',
    example: 'wxsandbox000000001',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 64)
  appid?: string;
}
