import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches, ValidateIf } from 'class-validator';
import { IsEncryptedData, IsIv } from '@app/weixin';

/** The old form: each of its members needs the other. */
const OldForm = () =>
  ValidateIf(({ encryptedData, iv }: BindPhoneRequest) => encryptedData !== undefined || iv !== undefined);

/** The new form: required if no member of the old one is sent. */
const NewForm = () =>
  ValidateIf(
    ({ code, encryptedData, iv }: BindPhoneRequest) =>
      code !== undefined || (encryptedData === undefined && iv === undefined),
  );

/** Body of `POST /api/me/phone`: `{code}`, or `{encryptedData, iv}` under WeChat's own names. */
export class BindPhoneRequest {
  @ApiPropertyOptional({
    description: '`detail.code` of a getPhoneNumber button. In the sandbox: `POST /sandbox/phone-codes`.',
    example: 'the phone code is a mock one',
    minLength: 1,
    maxLength: 512,
  })
  @NewForm()
  @IsString()
  @Matches(/^[^]{1,512}$/, { message: 'code must be 1 to 512 characters' })
  code?: string;

  @ApiPropertyOptional({
    description:
      '`detail.encryptedData`, in place of `code`, from base libraries before 2.21.2: base64 of whole blocks of 16 bytes.',
    minLength: 1,
    maxLength: 8192,
  })
  @OldForm()
  @IsEncryptedData()
  encryptedData?: string;

  @ApiPropertyOptional({
    description: '`detail.iv`, together with `encryptedData`: base64 of 16 bytes.',
    minLength: 1,
    maxLength: 64,
  })
  @OldForm()
  @IsIv()
  iv?: string;
}

/** Answer of `POST /api/me/phone`. */
export class BindPhoneResponse {
  @ApiProperty({ description: 'The number that is bound now, masked.', example: '138****5678' })
  phone!: string;
}
