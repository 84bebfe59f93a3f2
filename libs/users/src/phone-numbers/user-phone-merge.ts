import { type EntityManager, In } from 'typeorm';
import type { SealerService } from '@app/crypto';
import { insertRow } from '@app/database';
import { phonePlace } from './phone-place.js';
import { UserPhone } from './user-phone.entity.js';

/**
 * Makes one phone of those of two users who are one person: that of `into`, else that of `from`, sealed for its new
 * place. What both have used up of today's bindings counts together: a merge is no way to more of them.
 * @param manager of the {@link Database.write} that merges the users
 */
export async function mergePhones(
  manager: EntityManager,
  sealer: SealerService,
  from: string,
  into: string,
): Promise<void> {
  const rows = await manager.findBy(UserPhone, { userId: In([from, into]) });
  const theirs = rows.find(({ userId }) => userId === from);
  if (!theirs) return;
  const own = rows.find(({ userId }) => userId === into) ?? { ...theirs, ...NO_PHONE, quotaUsed: 0 };
  const number = own.phone === null ? moved(theirs, sealer, into) : own;
  await manager.delete(UserPhone, { userId: In([from, into]) });
  await insertRow(manager, UserPhone, {
    userId: into,
    phone: number.phone,
    phoneHash: number.phoneHash,
    boundAt: number.boundAt,
    ...quotaOf(own, theirs),
  });
}

const NO_PHONE = { phone: null, phoneHash: null, boundAt: null };

function moved(row: UserPhone, sealer: SealerService, into: string): UserPhone {
  if (row.phone === null) return row;
  return { ...row, phone: sealer.seal(sealer.unseal(row.phone, phonePlace(row.userId)), phonePlace(into)) };
}

function quotaOf(own: UserPhone, theirs: UserPhone): Pick<UserPhone, 'quotaDay' | 'quotaUsed'> {
  const quotaDay = Math.max(own.quotaDay, theirs.quotaDay);
  const used = [own, theirs].map((row) => (row.quotaDay === quotaDay ? row.quotaUsed : 0));
  return { quotaDay, quotaUsed: used.reduce((sum, one) => sum + one, 0) };
}
