import { Injectable } from '@nestjs/common';
import { Database, rowLock } from '@app/database';
import { writeWithEffects } from '@app/personal-data';
import { User } from '@app/users';
import { DeletionsService } from './deletions.service.js';
import { ErasuresService } from './erasures.service.js';
import { readLedger, type RecordedEntry } from './ledger-entry.js';

/** What a replay did. */
export interface LedgerReplay {
  /** Users whom the backup had and who are erased again. */
  readonly erased: number;
  /** Users who are leaving again. */
  readonly requested: number;
  /** Users whose deletion is cancelled again. */
  readonly cancelled: number;
  /** Requests whose write was not committed, or whose confirmation was lost: nothing is restored. */
  readonly unconfirmed: number;
  /** Lines that are no entry of a ledger. */
  readonly unreadable: number;
}

/** Applies ledgers to a restored database. A second replay changes nothing. */
@Injectable()
export class LedgerReplayService {
  constructor(
    private readonly database: Database,
    private readonly deletions: DeletionsService,
    private readonly erasures: ErasuresService,
  ) {}

  /** @param lines of the ledgers of all instances: of each user the entry with the latest time counts */
  async replay(lines: readonly string[]): Promise<LedgerReplay> {
    const { latest, unconfirmed, unreadable } = readLedger(lines);
    const done = { erased: 0, requested: 0, cancelled: 0 };
    for (const entry of latest.values()) {
      if (entry.action === 'erased') done.erased += await this.erase(entry);
      else if (entry.action === 'requested')
        done.requested += await this.restore(entry.user_id, Date.parse(entry.deletes_at));
      else if (entry.action === 'cancelled') done.cancelled += await this.restore(entry.user_id, null);
    }
    return { ...done, unconfirmed: unconfirmed.length, unreadable };
  }

  private async erase(entry: RecordedEntry & { action: 'erased' }): Promise<number> {
    let erased = 0;
    // A user who was merged after the backup is not merged in it.
    for (const id of [entry.user_id, ...entry.merged_user_ids])
      if (await this.erasures.erase(id)) erased += 1;
    return erased;
  }

  /** @param deletesAt epoch milliseconds; null: not leaving */
  private restore(userId: string, deletesAt: number | null): Promise<number> {
    return writeWithEffects(this.database, async (manager, effects) => {
      const user = await manager.findOne(User, { where: { id: userId }, ...rowLock(manager) });
      if (!user || user.mergedInto !== null || user.deletesAt === deletesAt) return 0;
      if (deletesAt === null)
        await manager.update(User, { id: user.id }, { deletesAt: null, deletionBy: null });
      else await this.deletions.restore(manager, user.id, deletesAt, 'user', effects);
      return 1;
    });
  }
}
