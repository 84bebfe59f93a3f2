import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Config } from '@app/config';
import { Public } from '../public.decorator.js';

/** Of service accounts, which `libs/admin` implements. */
const CLIENT_AUTHENTICATION = ['client_secret_basic', 'client_secret_post'];

/** Answer of {@link ServerMetadataController}: members of RFC 8414 section 2. */
export interface ServerMetadata {
  /** `iss` of the tokens. */
  issuer: string;
  /** Absent with HS256, whose key is secret. */
  jwks_uri?: string;
  response_types_supported: readonly string[];
  /** This and the other endpoints are absent without `ADMIN_URL`. */
  token_endpoint?: string;
  token_endpoint_auth_methods_supported?: readonly string[];
  introspection_endpoint?: string;
  introspection_endpoint_auth_methods_supported?: readonly string[];
  grant_types_supported: readonly string[];
  /** Absent if Swagger UI is off. */
  service_documentation?: string;
}

/**
 * Serves the address of the public keys in the forms that JWT libraries look for: RFC 8414, and the address of OpenID Connect
 * Discovery, which some verifiers know only.
 *
 * Absent because they would be wrong: `authorization_endpoint`, since a login begins in WeChat; `revocation_endpoint`, since
 * that route takes JSON and no OAuth client; `scopes_supported`, since tokens of users have no scope; `subject_types_supported`
 * and `id_token_signing_alg_values_supported`, since there are no ID tokens. The token and the introspection endpoint are for
 * service accounts, under `ADMIN_URL`. The two lists are empty rather than absent (RFC 8414 section 3.2), because an absent
 * `grant_types_supported` means `authorization_code`.
 *
 * If `JWT_ISSUER` has a path, clients of RFC 8414 request `/.well-known/oauth-authorization-server/<path>` (section 3.1): the
 * proxy that strips the path must route that address here too.
 * @see https://www.rfc-editor.org/rfc/rfc8414
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 */
@Public()
@ApiTags('tokens')
@Controller('.well-known')
export class ServerMetadataController {
  constructor(private readonly config: Config) {}

  @Get(['oauth-authorization-server', 'openid-configuration'])
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({
    summary: 'Issuer and address of the public keys (RFC 8414, OpenID Connect Discovery)',
    description:
      'For verifiers of access tokens. Both addresses return the same document. This is no OpenID provider: there is no ' +
      'authorization endpoint and no ID token. `token_endpoint` and `introspection_endpoint` are for service accounts, and ' +
      'absent without `ADMIN_URL`. `jwks_uri` is absent with HS256.',
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
    const { JWT_ISSUER: issuer, JWT_ALGORITHM, DOCS, ADMIN_URL } = this.config;
    return {
      issuer,
      ...(JWT_ALGORITHM === 'ES256' && { jwks_uri: `${issuer}/.well-known/jwks.json` }),
      response_types_supported: [],
      grant_types_supported: [],
      ...(ADMIN_URL !== undefined && {
        grant_types_supported: ['client_credentials'],
        token_endpoint: `${ADMIN_URL}/oauth/token`,
        token_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
        introspection_endpoint: `${ADMIN_URL}/oauth/introspect`,
        introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
      }),
      ...(DOCS && { service_documentation: `${issuer}/docs` }),
    };
  }
}
