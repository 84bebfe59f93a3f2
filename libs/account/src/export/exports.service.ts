import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuthEventsService, type ClientInfo, type NewAuthEvent } from '@app/audit';
import type { Principal } from '@app/auth';
import { Database, lockRows } from '@app/database';
import { PersonalDataService } from '@app/personal-data';
import { lockLiveUser, lockPerson, User, type WeixinExchange, WeixinIdentitiesService } from '@app/users';
import type { ExportResponse } from './export.dto.js';

/** Gives users a copy of everything that is stored of them. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly database: Database,
    private readonly identities: WeixinIdentitiesService,
    private readonly personalData: PersonalDataService,
    private readonly events: AuthEventsService,
    private readonly reader: DataSource,
  ) {}

  /**
   * Exports the user and the users merged into it.
   * @param exchange proves that the caller is the person behind the user
   * @throws {Problem} `login_code_foreign`; `token_revoked` as {@link lockLiveUser}
   */
  async export(
    { userId, sessionId, appid }: Principal,
    exchange: WeixinExchange,
    client: ClientInfo,
  ): Promise<ExportResponse> {
    return this.read({ userId, sessionId, appid, client }, async (manager) => {
      await lockLiveUser(manager, userId);
      await this.identities.confirm(manager, userId, exchange);
    });
  }

  /** Exports a user for the operator, a disabled one too. A user who does not exist has no tables. */
  exportForOperator(userId: string): Promise<ExportResponse> {
    return this.read({ userId, detail: 'operator' }, (manager) => lockRows(manager, User, { id: userId }));
  }

  /** @param lock locks the row of the user */
  private async read(
    event: Omit<NewAuthEvent, 'kind'> & { readonly userId: string },
    lock: (manager: EntityManager) => Promise<void>,
  ): Promise<ExportResponse> {
    const { userId } = event;
    await this.events.flush();
    const ids = await this.database.write(async (manager) => {
      await lock(manager);
      await this.events.write(manager, { kind: 'data_exported', ...event });
      return lockPerson(manager, userId);
    });
    // Not in the write: an audit log of a million rows takes a second to read.
    const tables = await this.personalData.export(this.reader.manager, ids);
    return { user_id: userId, exported_at: new Date().toISOString(), tables };
  }
}
