import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '@app/problem';
import { Public } from '../public.decorator.js';
import { SigningKeys } from './signing-keys.service.js';
import type { PublicJwk } from './token-key.js';

/** The public keys of access tokens (RFC 7517), so that other back ends can verify them. */
@Public()
@ApiTags('tokens')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'Public keys that verify access tokens; empty with HS256' })
  @ApiOkResponse({
    schema: {
      example: {
        keys: [
          {
            kty: 'EC',
            crv: 'P-256',
            x: '6Hs2PzQbhtLnXGNqNpKrEhdqNy1yJmpm7oO0LrXbf_8',
            y: 'lqGgZTyFZqPBlMEAlvvPxWrRWcWqUsmMzwvY3IJDVps',
            kid: 'XjPLvIkbGX5vQe6GQsNpLBpeHkZXHfrNn9jpVVjvZ3I',
            alg: 'ES256',
            use: 'sig',
          },
        ],
      },
    },
  })
  @ApiProblems('database_unavailable')
  jwks(): { keys: readonly PublicJwk[] } {
    return { keys: this.keys.publicKeys() };
  }
}
