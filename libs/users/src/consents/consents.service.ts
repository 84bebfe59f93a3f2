import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, IsNull, type Repository } from 'typeorm';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { Config } from '@app/config';
import { insertRow, newId } from '@app/database';
import { OutboxService } from '@app/outbox';
import { Problem } from '@app/problem';
import { UserConsent, type ConsentChannel } from './user-consent.entity.js';

/** More rows of one user are no proof of anything: the oldest are removed. */
const MAX_ROWS = 100;

/** A text that a person agrees to, and its version. */
export interface GivenConsent {
  readonly kind: string;
  readonly version: string;
}

/** Who gives or withdraws a consent. */
export interface ConsentGiver {
  readonly userId: string;
  readonly appid: string;
  readonly client?: ClientInfo | undefined;
}

/** Stores the consents of users, and refuses logins without those of `CONSENT_REQUIRED`. */
@Injectable()
export class ConsentsService {
  constructor(
    @InjectRepository(UserConsent) private readonly consents: Repository<UserConsent>,
    private readonly config: Config,
    private readonly events: AuthEventsService,
    private readonly outbox: OutboxService,
  ) {}

  /** Returns every consent that a user gave, the oldest first. */
  ofUser(userId: string): Promise<UserConsent[]> {
    return this.consents.find({ where: { userId }, order: { id: 'ASC' } });
  }

  /**
   * Stores the consents of a login. Without any, and without `CONSENT_REQUIRED`, it runs no statement.
   * @param manager of the {@link Database.write} of the login, which has locked the row of the user
   * @throws {Problem} `consent_required`: nothing must be committed then
   */
  async admit(
    manager: EntityManager,
    giver: ConsentGiver & { readonly isNewUser: boolean },
    given: readonly GivenConsent[],
  ): Promise<void> {
    const { CONSENT_REQUIRED } = this.config;
    if (given.length === 0 && CONSENT_REQUIRED.length === 0) return;
    const live = giver.isNewUser ? [] : await liveConsents(manager, giver.userId);
    const required = CONSENT_REQUIRED.filter((one) => !isIn(live, one) && !isIn(given, one));
    if (required.length > 0) throw new Problem('consent_required', { members: { required } });
    await this.add(manager, giver, live, given, 'login');
  }

  /**
   * Stores a consent, unless it is given already.
   * @param manager of a {@link Database.write} that has locked the row of the user
   */
  async give(manager: EntityManager, giver: ConsentGiver, given: GivenConsent): Promise<void> {
    await this.add(manager, giver, await liveConsents(manager, giver.userId), [given], 'account');
  }

  /**
   * Withdraws the consents of one kind, of every version.
   * @param manager of a {@link Database.write} that has locked the row of the user
   * @returns whether a login needs the kind
   * @throws {Problem} `consent_not_given`
   */
  async withdraw(manager: EntityManager, giver: ConsentGiver, kind: string): Promise<boolean> {
    const live = (await liveConsents(manager, giver.userId)).filter((one) => one.kind === kind);
    if (live.length === 0) throw new Problem('consent_not_given');
    await manager.update(UserConsent, { id: In(live.map(({ id }) => id)) }, { withdrawnAt: Date.now() });
    await this.events.write(manager, { kind: 'consent_withdrawn', ...giver, detail: kind });
    await this.outbox.append(manager, { kind: 'consent.withdrawn', data: { user_id: giver.userId, kind } });
    return this.config.CONSENT_REQUIRED.some((one) => one.kind === kind);
  }

  private async add(
    manager: EntityManager,
    { userId, appid, client }: ConsentGiver,
    live: readonly UserConsent[],
    given: readonly GivenConsent[],
    channel: ConsentChannel,
  ): Promise<void> {
    const added = given.filter((one, index) => !isIn(live, one) && !isIn(given.slice(0, index), one));
    for (const { kind, version } of added) {
      const row = {
        id: newId(),
        userId,
        kind,
        version,
        channel,
        appid,
        givenAt: Date.now(),
        withdrawnAt: null,
      };
      await insertRow(manager, UserConsent, row);
      const detail = `${kind}:${version}`;
      await this.events.write(manager, { kind: 'consent_given', userId, appid, client, detail });
    }
    if (added.length > 0) await this.removeOldest(manager, userId);
  }

  /** A login needs those of `CONSENT_REQUIRED`, so they stay. */
  private async removeOldest(manager: EntityManager, userId: string): Promise<void> {
    const rows = await manager.find(UserConsent, { where: { userId }, order: { id: 'DESC' } });
    const isNeeded = (row: UserConsent) =>
      row.withdrawnAt === null && isIn(this.config.CONSENT_REQUIRED, row);
    const old = rows.filter((row) => !isNeeded(row)).slice(MAX_ROWS);
    if (old.length > 0) await manager.delete(UserConsent, { id: In(old.map(({ id }) => id)) });
  }
}

const liveConsents = (manager: EntityManager, userId: string): Promise<UserConsent[]> =>
  manager.findBy(UserConsent, { userId, withdrawnAt: IsNull() });

const isIn = (consents: readonly GivenConsent[], { kind, version }: GivenConsent): boolean =>
  consents.some((one) => one.kind === kind && one.version === version);
