import { Injectable } from '@nestjs/common';
import { KeyedHashes, KeyringService } from '@app/crypto';

/** Hashes phone numbers in E.164 with a key, to find users by them. */
@Injectable()
export class PhoneHashesService extends KeyedHashes {
  constructor(keyring: KeyringService) {
    super(keyring.keysFor('phone-hash'));
  }
}
