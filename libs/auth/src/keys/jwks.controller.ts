import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '@app/problem';
import { Public } from '../public.decorator.js';
import { SigningKeysService } from './signing-keys.service.js';
import type { PublicJwk } from './token-key.js';

/** Serves the public keys (RFC 7517), with which other back ends verify access tokens. */
@Public()
@ApiTags('tokens')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeysService) {}

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
