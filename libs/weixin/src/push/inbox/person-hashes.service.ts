import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { KeyedHashes, KeyringService } from '@app/crypto';
import { WeixinIdentity } from '@app/users';

/** Hashes the identities that pushes are about, to find the pushes that arrived before the person had a user. */
@Injectable()
export class PersonHashesService {
  private readonly hashes: KeyedHashes;

  constructor(keyring: KeyringService) {
    this.hashes = new KeyedHashes(keyring.keysFor('push-person-hash'));
  }

  hash({ appid, openid }: Pick<WeixinIdentity, 'appid' | 'openid'>): string {
    return this.hashes.hash(`${appid} ${openid}`);
  }

  /** Returns the hashes of the identities of these users, under all accepted secrets. */
  async hashesOf(manager: EntityManager, userIds: readonly string[]): Promise<string[]> {
    const identities = await manager.find(WeixinIdentity, { where: { userId: In(userIds) } });
    return identities.flatMap(({ appid, openid }) => this.hashes.allHashes(`${appid} ${openid}`));
  }
}
