export { AuthModule } from './auth.module.js';
export { CurrentUser } from './guard/current-user.decorator.js';
export type { Principal } from './guard/principal.js';
export { Public } from './guard/public.decorator.js';
export { type DeviceInfo, Sessions } from './sessions/sessions.service.js';
export { TokenIssuer, type TokenPair } from './tokens/token-issuer.service.js';
