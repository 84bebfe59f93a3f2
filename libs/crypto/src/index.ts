export { CryptoModule } from './crypto.module.js';
export { type DerivedKey, Keyring } from './keyring.js';
export { type SealedPlace, Sealer, UnsealError } from './sealer.js';
