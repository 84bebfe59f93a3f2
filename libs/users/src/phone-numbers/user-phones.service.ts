import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, IsNull, MoreThan, Not, type Repository } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database, lockRows } from '@app/database';
import { OutboxService } from '@app/outbox';
import { Problem } from '@app/problem';
import { updateInBatches } from '../update-in-batches.js';
import { maskPhone } from './mask-phone.js';
import { PhoneHashesService } from './phone-hashes.service.js';
import { phoneColumn } from './phone-column.js';
import { UserPhone } from './user-phone.entity.js';
import { User } from '../user.entity.js';

/** Stores phone numbers sealed, returns them masked, and finds users by a keyed hash. */
@Injectable()
export class UserPhonesService {
  constructor(
    @InjectRepository(UserPhone) private readonly phones: Repository<UserPhone>,
    private readonly database: Database,
    private readonly sealer: SealerService,
    private readonly hashes: PhoneHashesService,
    private readonly outbox: OutboxService,
  ) {}

  /**
   * Stores the number of a user and replaces the one before.
   * @param e164 `+8613812345678`
   * @returns the number, masked
   * @throws {Problem} `token_revoked` if the user has no row, because the user was merged into another meanwhile
   */
  async bind(userId: string, e164: string): Promise<string> {
    const number = { ...this.sealed(userId, e164), boundAt: Date.now() };
    const isBound = await this.database.write(async (manager) => {
      // A merge, which replaces the row, then waits or has ended.
      await lockRows(manager, User, { id: userId });
      const { affected } = await manager.update(UserPhone, { userId }, number);
      if (affected === 0) return false;
      await this.outbox.append(manager, { kind: 'user.phone_bound', data: { user_id: userId } });
      return true;
    });
    if (!isBound) throw new Problem('token_revoked');
    return maskPhone(e164);
  }

  /**
   * Removes the number of a user. The bindings of today still count.
   * @param manager of a {@link Database.write}
   */
  async unbind(manager: EntityManager, userId: string): Promise<void> {
    await manager.update(UserPhone, { userId }, { phone: null, phoneHash: null, boundAt: null });
  }

  /**
   * Returns the number of a user, masked; null if none is bound.
   * @throws {UnsealError}
   */
  async masked(userId: string): Promise<string | null> {
    const e164 = await this.reveal(userId);
    return e164 === null ? null : maskPhone(e164);
  }

  /**
   * Returns the masked numbers of users who have bound one, by user id.
   * @throws {UnsealError}
   */
  async maskedOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.phones.findBy({ userId: In([...userIds]), phone: Not(IsNull()) });
    return new Map(rows.map((row) => [row.userId, maskPhone(this.unsealed(row) ?? '')]));
  }

  /**
   * Returns the full number of a user, E.164; null if none is bound. The caller writes an event of the audit log.
   * @throws {UnsealError}
   */
  async reveal(userId: string): Promise<string | null> {
    const row = await this.phones.findOneBy({ userId });
    return row && this.unsealed(row);
  }

  /** Returns the ids of the users who have bound a number, under any accepted secret. */
  async find(e164: string): Promise<string[]> {
    const rows = await this.phones.find({
      select: { userId: true },
      where: { phoneHash: In(this.hashes.allHashes(e164)) },
      order: { userId: 'ASC' },
    });
    return rows.map(({ userId }) => userId);
  }

  /** Seals and hashes again, in batches, what a fallback of `SECRET_KEY` sealed or hashed. @returns the number of rows */
  reseal(): Promise<number> {
    return updateInBatches<UserPhone>(this.database, {
      page: (manager, after, take) =>
        manager.find(UserPhone, {
          where: { userId: MoreThan(after), phone: Not(IsNull()) },
          order: { userId: 'ASC' },
          take,
        }),
      keyOf: ({ userId }) => userId,
      change: async (manager, { userId, phone, phoneHash }) => {
        if (phone === null || this.isCurrent(phone, phoneHash)) return false;
        const e164 = this.sealer.unseal(phone, phoneColumn(userId));
        // The condition leaves the newer number of a binding that came in between.
        await manager.update(UserPhone, { userId, phone }, this.sealed(userId, e164));
        return true;
      },
    });
  }

  private unsealed({ userId, phone }: UserPhone): string | null {
    return phone === null ? null : this.sealer.unseal(phone, phoneColumn(userId));
  }

  private sealed(userId: string, e164: string): Pick<UserPhone, 'phone' | 'phoneHash'> {
    return { phone: this.sealer.seal(e164, phoneColumn(userId)), phoneHash: this.hashes.hash(e164) };
  }

  private isCurrent(phone: string, phoneHash: string | null): boolean {
    return this.sealer.isCurrent(phone) && phoneHash !== null && this.hashes.isCurrent(phoneHash);
  }
}
