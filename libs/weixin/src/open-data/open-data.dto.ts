import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { IsEncryptedData, IsIv, IsRawDataSignature } from '../session-key/open-data-form.js';

/** Requires `rawData` and `signature` together. */
const RequiredTogether = () =>
  ValidateIf(({ rawData, signature }: OpenDataRequest) => rawData !== undefined || signature !== undefined);

/** Body of `POST /api/weixin/open-data`: the result of a WeChat API, with WeChat's member names. */
export class OpenDataRequest {
  @ApiProperty({
    description: 'base64 of whole blocks of 16 bytes. In the sandbox: `POST /sandbox/open-data`.',
    minLength: 1,
    maxLength: 8192,
  })
  @IsEncryptedData()
  encryptedData!: string;

  @ApiProperty({ description: 'base64 of 16 bytes.', minLength: 1, maxLength: 64 })
  @IsIv()
  iv!: string;

  @ApiPropertyOptional({
    description: 'Exactly the text that WeChat returned, together with `signature`.',
    maxLength: 4096,
  })
  @RequiredTogether()
  @IsString()
  @Length(0, 4096)
  rawData?: string;

  @ApiPropertyOptional({
    description: 'SHA-1 in lower-case hex, together with `rawData`.',
    minLength: 1,
    maxLength: 64,
  })
  @RequiredTogether()
  @IsRawDataSignature()
  signature?: string;
}
