export { CryptoModule } from './crypto.module.js';
export { type DerivedKey, KeyringService } from './keyring.service.js';
export { type SealedPlace, SealerService, UnsealError } from './sealer.service.js';
