export { CryptoModule } from './crypto.module.js';
export { Keyring, type DerivedKey } from './keyring.js';
export { Sealer, UnsealError } from './sealer.js';
