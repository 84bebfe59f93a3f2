import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';

/** `rawData` and `signature` come together or not at all. */
const Together = () =>
  ValidateIf(({ rawData, signature }: OpenDataDto) => rawData !== undefined || signature !== undefined);

/** Body of `POST /api/weixin/open-data`: what a WeChat API gave the mini-program, under WeChat's own names. */
export class OpenDataDto {
  @ApiProperty({
    description: 'base64. In the sandbox: `POST http://127.0.0.1:8001/sandbox/open-data`.',
    minLength: 1,
    maxLength: 8192,
  })
  @IsString()
  @Length(1, 8192)
  encryptedData!: string;

  @ApiProperty({ description: 'base64 of 16 bytes.', minLength: 1, maxLength: 64 })
  @IsString()
  @Length(1, 64)
  iv!: string;

  @ApiPropertyOptional({
    description: 'Exactly the text that WeChat gave, together with `signature`.',
    maxLength: 4096,
  })
  @Together()
  @IsString()
  @Length(0, 4096)
  rawData?: string;

  @ApiPropertyOptional({ description: 'hex of SHA-1, together with `rawData`.', minLength: 1, maxLength: 64 })
  @Together()
  @IsString()
  @Length(1, 64)
  signature?: string;
}
