import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TokenPairResponse } from '@app/auth';
import type { ProblemCode } from '@app/problem';
import { ConsentRequest } from './consent.dto.js';

/** Skips the rules of an absent member. Unlike `@IsOptional()`, `null` is validated. */
const Optional = () => ValidateIf((_, value) => value !== undefined);

/** The device as the client describes it. */
export class DeviceRequest {
  @ApiProperty({
    description: 'An id that the client made and stores. A login with the same id replaces its session.',
    example: '0b9f0c1e-5d0a-4b6e-9a51-3f0c8d7b2a11',
    minLength: 1,
    maxLength: 64,
  })
  @IsString()
  @Matches(/^[\x21-\x7e]{1,64}$/, { message: 'id must be 1 to 64 printable ASCII characters' })
  id!: string;

  @ApiPropertyOptional({
    description: 'The name that the user sees for the device.',
    example: 'iPhone 17',
    maxLength: 64,
  })
  @Optional()
  @IsString()
  @Matches(/^(?!\s*$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,64}$/u, {
    message: 'name must be 1 to 64 characters, not only spaces, without control characters',
  })
  name?: string;
}

/** Body of `POST /api/weixin/login/`. */
export class LoginRequest {
  @ApiPropertyOptional({
    description:
      'The code of `wx.login()`. Required, except behind the gateway of WeChat Cloud Run. In the sandbox: `POST /sandbox/codes`, or `the code is a mock one`.',
    example: 'the code is a mock one',
    minLength: 1,
    maxLength: 512,
  })
  @Optional()
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'code must be 1 to 512 characters' })
  code?: string;

  @ApiPropertyOptional({
    description: 'The mini-program of the code. Default: the first one of the service.',
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

  @ApiPropertyOptional({ type: DeviceRequest })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeviceRequest)
  device?: DeviceRequest;

  @ApiPropertyOptional({
    description: 'The consents that the user gives with this login, those of `consent_required` for example.',
    type: [ConsentRequest],
    maxItems: 10,
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ConsentRequest)
  consents?: ConsentRequest[];

  @ApiPropertyOptional({
    description: 'Ignored. `wx.login()` returns it with `code`, so the client may send the whole result.',
    type: String,
    example: 'login:ok',
  })
  @Allow()
  errMsg?: unknown;
}

const CODE = 'the code is a mock one';

/** Bodies that work in the sandbox. */
export const LOGIN_EXAMPLES = {
  'a user': {
    value: { code: CODE, device: { id: '0b9f0c1e-5d0a-4b6e-9a51-3f0c8d7b2a11', name: 'iPhone 17' } },
  },
  'the same user, with a phone number': { value: { code: CODE, phone_code: 'the phone code is a mock one' } },
  'another user': { value: { code: `${CODE} of bob` } },
};

/** A deletion of the account that is pending. */
export class PendingDeletionResponse {
  @ApiProperty({ description: 'When the account is erased.', format: 'date-time' })
  deletes_at!: string;
}

/** Answer of `POST /api/weixin/login/`. */
export class LoginResponse extends TokenPairResponse {
  @ApiProperty({ example: 'success' })
  code!: 'success';

  @ApiProperty({ description: 'Id of the user in this service.', format: 'uuid' })
  user_id!: string;

  @ApiProperty({ description: 'True in exactly one answer per user: the one whose login made the user.' })
  is_new_user!: boolean;

  @ApiPropertyOptional({
    description:
      'The deletion of the account that is pending. The login cancels nothing: `DELETE /api/me/deletion` does.',
    type: PendingDeletionResponse,
  })
  deletion?: PendingDeletionResponse;

  @ApiPropertyOptional({ description: 'The number of `phone_code`, masked.', example: '138****5678' })
  phone?: string;

  @ApiPropertyOptional({
    description:
      'Why the number of `phone_code` was not bound: the code of a problem. The login succeeded anyway.',
    type: String,
    example: 'phone_code_invalid',
  })
  phone_problem?: ProblemCode;
}
