import { ServiceUnavailableException, UnauthorizedException } from '@nestjs/common';

const REFUSALS = {
  token_missing: 'the request has no bearer token',
  token_invalid: 'the access token is not valid',
  token_expired: 'the access token has expired',
  token_revoked: 'the access token is no longer valid',
} as const;

/** The `code` of a refusal, as weapp-passport names it too. */
export type RefusalCode = keyof typeof REFUSALS;

/** 401. The guard adds `WWW-Authenticate`. */
export class AccessTokenRefused extends UnauthorizedException {
  constructor(readonly code: RefusalCode) {
    super({ statusCode: 401, code, message: REFUSALS[code] });
  }

  /** @see https://www.rfc-editor.org/rfc/rfc6750#section-3 A request without a token gets no error code. */
  get challenge(): string {
    if (this.code === 'token_missing') return 'Bearer';
    return `Bearer error="invalid_token", error_description="${REFUSALS[this.code]}"`;
  }
}

/** 503: it cannot be known whether the token is valid. The guard adds `Retry-After`. */
export class PassportUnavailable extends ServiceUnavailableException {
  constructor(
    readonly code: 'keys_unavailable' | 'introspection_unavailable',
    cause: unknown,
  ) {
    super({ statusCode: 503, code, message: 'the access token cannot be checked now' }, { cause });
  }
}
