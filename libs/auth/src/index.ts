export { AuthModule } from './auth.module.js';
export { ACCESS_TOKEN_PROBLEMS } from './guard/access-token-problems.js';
export { CurrentUser } from './guard/current-user.decorator.js';
export type { Principal } from './guard/principal.js';
export { Public } from './guard/public.decorator.js';
export { KeyStore } from './keys/key-store.service.js';
export { type DeviceInfo, SessionOpener } from './sessions/session-opener.service.js';
export { TokenPair } from './tokens/token-pair.dto.js';
