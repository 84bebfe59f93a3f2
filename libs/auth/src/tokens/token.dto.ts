import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** In characters. */
export const MAX_TOKEN_LENGTH = 4096;

/** Body of the routes that take a refresh token. */
export class RefreshRequest {
  @ApiProperty({
    description: '`refresh` of a login or of the last refresh',
    example: 'eyJhbGciOiJIUzI1NiIs…',
  })
  @IsString()
  @Length(1, MAX_TOKEN_LENGTH)
  refresh!: string;
}

/** Body of `POST /api/token/verify/`. */
export class VerifyRequest {
  @ApiProperty({ description: 'An access token', example: 'eyJhbGciOiJFUzI1NiIs…' })
  @IsString()
  @Length(1, MAX_TOKEN_LENGTH)
  token!: string;
}
