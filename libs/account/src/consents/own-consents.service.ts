import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '@app/audit';
import { type Principal, SessionsService } from '@app/auth';
import { Config } from '@app/config';
import { Database } from '@app/database';
import { writeWithEffects } from '@app/personal-data';
import { ConsentsService, lockLiveUser } from '@app/users';
import { ConsentListResponse, ConsentResponse } from './consents.dto.js';

/** Lets users read, give and withdraw their own consents. */
@Injectable()
export class OwnConsentsService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly consents: ConsentsService,
    private readonly sessions: SessionsService,
  ) {}

  async list(userId: string): Promise<ConsentListResponse> {
    const items = (await this.consents.ofUser(userId)).map((consent) => ConsentResponse.of(consent));
    return { items, required: [...this.config.CONSENT_REQUIRED] };
  }

  /** @throws {Problem} `token_revoked` as {@link lockLiveUser} */
  give({ userId, appid }: Principal, kind: string, version: string, client: ClientInfo): Promise<void> {
    return this.database.write(async (manager) => {
      await lockLiveUser(manager, userId);
      await this.consents.give(manager, { userId, appid, client }, { kind, version });
    });
  }

  /**
   * Withdraws a consent. Without one that a login needs, all sessions end.
   * @throws {Problem} `consent_not_given`; `token_revoked` as {@link lockLiveUser}
   */
  withdraw({ userId, appid }: Principal, kind: string, client: ClientInfo): Promise<void> {
    return writeWithEffects(this.database, async (manager, effects) => {
      await lockLiveUser(manager, userId);
      if (!(await this.consents.withdraw(manager, { userId, appid, client }, kind))) return;
      const ended = await this.sessions.endAll(manager, [userId], 'consent_withdrawn');
      effects.afterCommit(() => {
        this.sessions.announceEnded(ended);
      });
    });
  }
}
