import { Global, Module } from '@nestjs/common';
import { Keyring } from './keyring.js';
import { Sealer } from './sealer.js';

/** Keys derived from `SECRET_KEY`, and sealing with them. */
@Global()
@Module({ providers: [Keyring, Sealer], exports: [Keyring, Sealer] })
export class CryptoModule {}
