export { type AccessTokenClaims, type PassportUser } from './access-token-claims.js';
export { AccessTokenGuard } from './access-token.guard.js';
export { Claims, CurrentUser } from './current-user.decorator.js';
export { AccessTokenRefused, PassportUnavailable, type RefusalCode } from './errors.js';
export { Introspect, OptionalAuth, Public } from './access-rule.decorator.js';
export { type IntrospectionOptions, type PassportOptions } from './passport-options.js';
export { PassportModule } from './passport.module.js';
