export { CryptoModule } from './crypto.module.js';
export { Keyring, type DerivedKey } from './keyring.js';
export { type SealedPlace, Sealer, UnsealError } from './sealer.js';
