import { Type } from 'class-transformer';
import { Allow, IsObject, IsString, Length, Matches, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TokenPair } from '@app/auth';
import type { ProblemCode } from '@app/problem';

/** `null` is not the same as absent: only an absent member is optional. */
const Optional = () => ValidateIf((_, value) => value !== undefined);

/** How the client calls its device. */
export class DeviceDto {
  @ApiProperty({
    description: 'An id the client made and keeps. A login with the same one replaces its session.',
    example: '0b9f0c1e-5d0a-4b6e-9a51-3f0c8d7b2a11',
    minLength: 1,
    maxLength: 64,
  })
  @IsString()
  @Matches(/^[\x21-\x7e]{1,64}$/, { message: 'id must be 1 to 64 printable ASCII characters' })
  id!: string;

  @ApiPropertyOptional({ description: 'What people call the device.', example: 'iPhone 17', maxLength: 64 })
  @Optional()
  @IsString()
  @Matches(/^(?!\s*$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,64}$/u, {
    message: 'name must be 1 to 64 characters, not only spaces, without control characters',
  })
  name?: string;
}

/** Body of `POST /api/weixin/login/`. */
export class LoginDto {
  @ApiPropertyOptional({
    description:
      'What `wx.login()` gave. Needed, except behind the gateway of WeChat Cloud Run. In the sandbox: `POST /sandbox/codes`, or `the code is a mock one`.',
    example: 'the code is a mock one',
    minLength: 1,
    maxLength: 512,
  })
  @Optional()
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'code must be 1 to 512 characters' })
  code?: string;

  @ApiPropertyOptional({
    description: 'The mini-program the code is of. Default: the first one of the service.',
    example: 'wxsandbox000000001',
  })
  @Optional()
  @IsString()
  @Length(1, 64)
  appid?: string;

  @ApiPropertyOptional({
    description:
      '`detail.code` of a getPhoneNumber button, of the same mini-program: binds the number in the same call.',
    example: 'the phone code is a mock one',
    minLength: 1,
    maxLength: 512,
  })
  @Optional()
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'phone_code must be 1 to 512 characters' })
  phone_code?: string;

  @ApiPropertyOptional({ type: DeviceDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeviceDto)
  device?: DeviceDto;

  @ApiPropertyOptional({
    description: 'Ignored. `wx.login()` gives it beside `code`, so its whole result may be sent.',
    type: String,
    example: 'login:ok',
  })
  @Allow()
  errMsg?: unknown;
}

const CODE = 'the code is a mock one';

/** Bodies that the sandbox understands. */
export const LOGIN_EXAMPLES = {
  'a user': {
    value: { code: CODE, device: { id: '0b9f0c1e-5d0a-4b6e-9a51-3f0c8d7b2a11', name: 'iPhone 17' } },
  },
  'the same user, with a phone number': { value: { code: CODE, phone_code: 'the phone code is a mock one' } },
  'another user': { value: { code: `${CODE} of bob` } },
};

/** Answer of `POST /api/weixin/login/`. */
export class LoginAnswer extends TokenPair {
  @ApiProperty({ example: 'success' })
  code!: 'success';

  @ApiProperty({ description: 'Id of the user in this service.', format: 'uuid' })
  user_id!: string;

  @ApiProperty({ description: 'True in exactly one answer per user: the one whose login made the user.' })
  is_new_user!: boolean;

  @ApiPropertyOptional({ description: 'The number of `phone_code`, masked.', example: '138****5678' })
  phone?: string;

  @ApiPropertyOptional({
    description:
      'Why the number of `phone_code` is not bound: the code of a problem. The login stands all the same.',
    type: String,
    example: 'phone_code_invalid',
  })
  phone_problem?: ProblemCode;
}
