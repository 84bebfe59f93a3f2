export { CryptoModule } from './crypto.module.js';
export { KeyedHashes } from './keyed-hashes.js';
export { type DerivedKey, KeyringService } from './keyring.service.js';
export { type SealedColumn, SealerService, UnsealError } from './sealer.service.js';
