import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '@app/audit';
import type { Principal } from '@app/auth';
import { Config } from '@app/config';
import { Database } from '@app/database';
import { type DeletionRequest, DeletionsService } from '@app/deletion';
import { writeWithEffects } from '@app/personal-data';
import { Problem } from '@app/problem';
import { lockLiveUser, UsersService, type WeixinExchange, WeixinIdentitiesService } from '@app/users';
import type { DeletionStateResponse } from './deletion.dto.js';

/** Lets users delete their own account, and cancel that. */
@Injectable()
export class OwnDeletionService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly identities: WeixinIdentitiesService,
    private readonly deletions: DeletionsService,
  ) {}

  /** @throws {Problem} `token_revoked` for a user who does not exist any more */
  async read(userId: string): Promise<DeletionStateResponse> {
    const user = await this.users.find(userId);
    if (!user) throw new Problem('token_revoked');
    return {
      deletes_at: user.deletesAt === null ? null : new Date(user.deletesAt).toISOString(),
      cooling_off_days: this.config.ACCOUNT_DELETION_COOLING_OFF_DAYS,
    };
  }

  /**
   * Begins the deletion.
   * @param exchange proves that the caller is the person behind the user
   * @returns when the user is erased, epoch milliseconds
   * @throws {Problem} `login_code_foreign`; what {@link DeletionsService.request} throws
   */
  request(user: Principal, exchange: WeixinExchange, client: ClientInfo): Promise<number> {
    return writeWithEffects(this.database, async (manager, effects) => {
      await lockLiveUser(manager, user.userId);
      await this.identities.confirm(manager, user.userId, exchange);
      return this.deletions.request(manager, requestOf(user, client), effects);
    });
  }

  /** @throws {Problem} what {@link DeletionsService.cancel} throws */
  cancel(user: Principal, client: ClientInfo): Promise<void> {
    return this.database.write((manager) => this.deletions.cancel(manager, requestOf(user, client)));
  }
}

const requestOf = ({ userId, sessionId, appid }: Principal, client: ClientInfo): DeletionRequest => ({
  userId,
  sessionId,
  appid,
  client,
  by: 'user',
});
