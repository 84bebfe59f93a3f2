import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, MoreThan, Not, type Repository } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database, lockRows } from '@app/database';
import { Problem } from '@app/problem';
import { changeAll } from '../change-all.js';
import { maskPhone } from './mask-phone.js';
import { PhoneHashes } from './phone-hashes.service.js';
import { phonePlace } from './phone-place.js';
import { UserPhone } from './user-phone.entity.js';
import { User } from '../user.entity.js';

/** The phone numbers of users: sealed, masked on the way out, found by a keyed hash. */
@Injectable()
export class UserPhones {
  constructor(
    @InjectRepository(UserPhone) private readonly phones: Repository<UserPhone>,
    private readonly database: Database,
    private readonly sealer: SealerService,
    private readonly hashes: PhoneHashes,
  ) {}

  /**
   * Stores the number of a user in place of the one before.
   * @param e164 `+8613812345678`
   * @returns the number, masked
   * @throws {Problem} `token_revoked` for a user whose row has gone: merged into another one meanwhile
   */
  async bind(userId: string, e164: string): Promise<string> {
    const number = { ...this.sealed(userId, e164), boundAt: Date.now() };
    const { affected } = await this.database.write(async (manager) => {
      // A merge, which makes the row anew, waits or has ended.
      await lockRows(manager, User, { id: userId });
      return manager.update(UserPhone, { userId }, number);
    });
    if (affected === 0) throw new Problem('token_revoked');
    return maskPhone(e164);
  }

  /**
   * The number of a user, masked; null where none is bound.
   * @throws {UnsealError}
   */
  async masked(userId: string): Promise<string | null> {
    const row = await this.phones.findOneBy({ userId });
    if (!row || row.phone === null) return null;
    return maskPhone(this.sealer.unseal(row.phone, phonePlace(userId)));
  }

  /** The ids of the users who have bound a number, whatever secret was the present one then. */
  async find(e164: string): Promise<string[]> {
    const rows = await this.phones.find({
      select: { userId: true },
      where: { phoneHash: In(this.hashes.allHashes(e164)) },
      order: { userId: 'ASC' },
    });
    return rows.map(({ userId }) => userId);
  }

  /** Seals and hashes anew, a batch at a time, what a fallback of `SECRET_KEY` sealed or hashed. @returns how many */
  reseal(): Promise<number> {
    return changeAll<UserPhone>(this.database, {
      page: (manager, after, take) =>
        manager.find(UserPhone, {
          where: { userId: MoreThan(after), phone: Not(IsNull()) },
          order: { userId: 'ASC' },
          take,
        }),
      keyOf: ({ userId }) => userId,
      change: async (manager, { userId, phone, phoneHash }) => {
        if (phone === null || this.isCurrent(phone, phoneHash)) return false;
        const e164 = this.sealer.unseal(phone, phonePlace(userId));
        // Not over the newer one of a binding that came between.
        await manager.update(UserPhone, { userId, phone }, this.sealed(userId, e164));
        return true;
      },
    });
  }

  private sealed(userId: string, e164: string): Pick<UserPhone, 'phone' | 'phoneHash'> {
    return { phone: this.sealer.seal(e164, phonePlace(userId)), phoneHash: this.hashes.hash(e164) };
  }

  private isCurrent(phone: string, phoneHash: string | null): boolean {
    return this.sealer.isCurrent(phone) && phoneHash !== null && this.hashes.isCurrent(phoneHash);
  }
}
