export { AuthModule } from './auth.module.js';
export { CurrentUser } from './current-user.decorator.js';
export type { Principal } from './principal.js';
export { Public } from './public.decorator.js';
export { type DeviceInfo, Sessions } from './sessions.service.js';
export { TokenIssuer, type TokenPair } from './token-issuer.service.js';
