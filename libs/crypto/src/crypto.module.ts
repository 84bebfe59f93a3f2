import { Global, Module } from '@nestjs/common';
import { KeyringService } from './keyring.service.js';
import { SealerService } from './sealer.service.js';

/** Provides the keys derived from `SECRET_KEY`, and the encryption with them. */
@Global()
@Module({ providers: [KeyringService, SealerService], exports: [KeyringService, SealerService] })
export class CryptoModule {}
