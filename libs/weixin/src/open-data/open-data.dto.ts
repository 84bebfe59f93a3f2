import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { IsEncryptedData, IsIv, IsRawDataSignature } from '../session-key/open-data-form.js';

/** `rawData` and `signature` come together or not at all. */
const Together = () =>
  ValidateIf(({ rawData, signature }: OpenDataDto) => rawData !== undefined || signature !== undefined);

/** Body of `POST /api/weixin/open-data`: what a WeChat API gave the mini-program, under WeChat's own names. */
export class OpenDataDto {
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
    description: 'Exactly the text that WeChat gave, together with `signature`.',
    maxLength: 4096,
  })
  @Together()
  @IsString()
  @Length(0, 4096)
  rawData?: string;

  @ApiPropertyOptional({
    description: 'SHA-1 in lower-case hex, together with `rawData`.',
    minLength: 1,
    maxLength: 64,
  })
  @Together()
  @IsRawDataSignature()
  signature?: string;
}
