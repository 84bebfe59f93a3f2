import { ApiProperty } from '@nestjs/swagger';

/** The tokens of one session (RFC 6749 section 5.1). */
export class TokenPairResponse {
  @ApiProperty({
    description: 'Access token: a JWT for `Authorization: Bearer …`.',
    example: 'eyJhbGciOiJFUzI1NiIs…',
  })
  access!: string;

  @ApiProperty({
    description: 'Refresh token: works once. Store the new one before you use it.',
    example: 'eyJhbGciOiJIUzI1NiIs…',
  })
  refresh!: string;

  @ApiProperty({ example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ description: 'Seconds until `access` expires.', example: 300 })
  expires_in!: number;

  @ApiProperty({ description: 'Seconds until `refresh` expires if it is not used.', example: 2_592_000 })
  refresh_expires_in!: number;
}
