import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Config } from '@app/config';
import { Public } from '../public.decorator.js';

/** What {@link ServerMetadataController} answers: members of RFC 8414 section 2. */
export interface ServerMetadata {
  /** `iss` of the tokens. */
  issuer: string;
  /** Absent with HS256, whose key is nobody else's. */
  jwks_uri?: string;
  response_types_supported: readonly string[];
  grant_types_supported: readonly string[];
  /** Absent where Swagger UI is off. */
  service_documentation?: string;
}

/**
 * Tells other back ends where the keys are, in the form their libraries look for (RFC 8414).
 *
 * Left out, because it would not be true: `authorization_endpoint`, since a login begins in WeChat; `token_endpoint`,
 * `revocation_endpoint` and `introspection_endpoint`, since our routes for that take JSON and no OAuth client or grant;
 * all that describes those endpoints; `scopes_supported`, since tokens have no scope. The two lists are empty and not
 * absent, although section 3.2 would have it so: an absent `grant_types_supported` means `authorization_code`.
 *
 * With a path in `JWT_ISSUER` a client asks at `/.well-known/oauth-authorization-server/<path>` of the host
 * (section 3.1): the proxy that takes the path off must lead that address here too.
 * @see https://www.rfc-editor.org/rfc/rfc8414
 */
@Public()
@ApiTags('tokens')
@Controller('.well-known')
export class ServerMetadataController {
  constructor(private readonly config: Config) {}

  @Get('oauth-authorization-server')
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({
    summary: 'Issuer and address of the public keys (RFC 8414)',
    description:
      'This is no OAuth server: there is no authorization endpoint and no grant. `jwks_uri` is absent with HS256.',
  })
  @ApiOkResponse({
    schema: {
      example: {
        issuer: 'https://login.example.com',
        jwks_uri: 'https://login.example.com/.well-known/jwks.json',
        response_types_supported: [],
        grant_types_supported: [],
      },
    },
  })
  metadata(): ServerMetadata {
    const { JWT_ISSUER: issuer, JWT_ALGORITHM, DOCS } = this.config;
    return {
      issuer,
      ...(JWT_ALGORITHM === 'ES256' && { jwks_uri: `${issuer}/.well-known/jwks.json` }),
      response_types_supported: [],
      grant_types_supported: [],
      ...(DOCS && { service_documentation: `${issuer}/docs` }),
    };
  }
}
