import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** What {@link AccessTokenGuard} demands of the requests to a route. */
export interface AccessRule {
  readonly token: 'none' | 'optional' | 'required';
  readonly introspect: boolean;
}

export const ACCESS_RULE = 'weapp-passport:access-rule';
/** Of a route without a decorator. */
export const DEFAULT_RULE: AccessRule = { token: 'required', introspect: false };

const rule = (members: Partial<AccessRule>): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { ...DEFAULT_RULE, ...members });

/**
 * Opens a route or a controller to requests without an access token. A token is not read.
 * Of `@Public()`, `@OptionalAuth()` and `@Introspect()` a route takes one; that of the method wins over that of the class.
 */
export const Public = (): CustomDecorator => rule({ token: 'none' });

/**
 * Opens a route to requests without `Authorization`, for which `@CurrentUser()` is undefined. An invalid token is still
 * refused, so that the client refreshes it.
 */
export const OptionalAuth = ({ introspect = false }: { introspect?: boolean } = {}): CustomDecorator =>
  rule({ token: 'optional', introspect });

/** Asks the service before each request whether the token is still valid: it sees logouts and disabled users. */
export const Introspect = (): CustomDecorator => rule({ introspect: true });
