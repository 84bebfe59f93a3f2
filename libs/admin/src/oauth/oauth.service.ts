import { Injectable } from '@nestjs/common';
import { type AccessTokenClaims, LiveTokensService, MAX_TOKEN_LENGTH } from '@app/auth';
import type { LiveAccount } from '../service-accounts/live-accounts.service.js';
import { isScope, type Scope } from '../service-accounts/scope.js';
import { type Form, required } from './form.js';
import { OAuthError } from './oauth-error.js';
import { SERVICE_TOKEN_TTL_SECONDS, ServiceTokensService } from './service-tokens.service.js';

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export interface ServiceTokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

/** The claims of an access token as they are, but `token_type` names its use. */
type ActiveToken = Omit<AccessTokenClaims, 'token_type'> & { active: true; token_type: 'Bearer' };

/** @see https://www.rfc-editor.org/rfc/rfc7662#section-2.2 */
export type IntrospectionResponse = { readonly active: false } | Readonly<ActiveToken>;

/** Serves the clients of `/oauth/*`. */
@Injectable()
export class OAuthService {
  constructor(
    private readonly serviceTokens: ServiceTokensService,
    private readonly liveTokens: LiveTokensService,
  ) {}

  /**
   * Issues a service token for the grant `client_credentials`.
   * @throws {OAuthError}
   */
  token(account: LiveAccount, form: Form): ServiceTokenResponse {
    if (required(form, 'grant_type') !== 'client_credentials')
      throw new OAuthError('unsupported_grant_type', 'the grant must be client_credentials');
    const scopes = grantedScopes(account, form.get('scope'));
    return {
      access_token: this.serviceTokens.sign(account, scopes),
      token_type: 'Bearer',
      expires_in: SERVICE_TOKEN_TTL_SECONDS,
      scope: scopes.join(' '),
    };
  }

  /**
   * Returns the claims of a live access token of an app that the account may ask about. Gives no reason for another answer.
   * @throws {OAuthError}
   * @throws {Problem} `database_unavailable` while it cannot be known whether the token is revoked
   */
  async introspect(account: LiveAccount, form: Form): Promise<IntrospectionResponse> {
    const token = required(form, 'token');
    const claims = token.length <= MAX_TOKEN_LENGTH ? await this.liveTokens.claimsOf(token) : undefined;
    if (!claims || !account.appids.includes(claims.client_id)) return { active: false };
    return { ...claims, active: true, token_type: 'Bearer' };
  }
}

/** Without a request for scopes a token gets all those of the account (RFC 6749 section 3.3). */
function grantedScopes(account: LiveAccount, requested: string | undefined): readonly Scope[] {
  if (requested === undefined) return account.scopes;
  const scopes = [...new Set(requested.split(' '))];
  const granted = scopes.filter(isScope).filter((scope) => account.scopes.includes(scope));
  if (granted.length < scopes.length)
    throw new OAuthError('invalid_scope', 'the account does not have one of these scopes');
  return granted;
}
