import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { writeWithEffects } from '@app/personal-data';
import { Problem } from '@app/problem';
import { disabledSince, UsersService } from '@app/users';
import { DeletionsService } from './deletions.service.js';
import { ErasuresService } from './erasures.service.js';

/** What an operator asks for. */
export interface OperatorDeletion {
  readonly forgetBan: boolean;
  /** The service account that does it, if it is one. */
  readonly actor?: string | undefined;
}

/** Lets an operator delete a user, and cancel that. */
@Injectable()
export class OperatorDeletionsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly deletions: DeletionsService,
    private readonly erasures: ErasuresService,
  ) {}

  /**
   * Begins the deletion of a user. A disabled user cannot log in to cancel it, so with `forgetBan` the erasure follows
   * immediately.
   * @returns when the user is erased, epoch milliseconds; undefined if no user has the id or the user was merged into another
   * @throws {Problem} `user_disabled` without `forgetBan`; `deletion_pending`, `deletion_ledger_unavailable`
   */
  async delete(userId: string, { forgetBan, actor }: OperatorDeletion): Promise<number | undefined> {
    const user = await this.users.find(userId);
    if (!user || user.mergedInto !== null) return undefined;
    if (disabledSince(user, this.database.clock.now()) === null)
      return writeWithEffects(this.database, (manager, effects) =>
        this.deletions.request(manager, { userId, by: 'operator', actor }, effects),
      );
    if (!forgetBan) throw new Problem('user_disabled');
    await this.erasures.erase(userId, actor);
    return this.database.clock.now();
  }

  /**
   * Cancels the deletion of a user.
   * @param actor the service account that does it, if it is one
   * @returns false if no user has the id or the user was merged into another
   * @throws {Problem} `deletion_not_requested`, `deletion_ledger_unavailable`
   */
  async cancel(userId: string, actor?: string): Promise<boolean> {
    const user = await this.users.find(userId);
    if (!user || user.mergedInto !== null) return false;
    await this.database.write((manager) => this.deletions.cancel(manager, { userId, by: 'operator', actor }));
    return true;
  }
}
