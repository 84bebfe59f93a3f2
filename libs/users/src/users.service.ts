import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { AuthEventsService, type NewAuthEvent } from '@app/audit';
import { Database, databaseNow } from '@app/database';
import { type OutboxEvent, OutboxService } from '@app/outbox';
import { User } from './user.entity.js';

/** The members that users may change about themselves. */
export type Profile = Pick<User, 'nickname' | 'avatarUrl'>;

/** As clients and receivers of webhooks see them. */
const WIRE_NAMES: Readonly<Record<keyof Profile, string>> = { nickname: 'nickname', avatarUrl: 'avatar_url' };
/** How a user is disabled. */
export interface Disabling {
  /** When the user is enabled again by itself, epoch milliseconds; undefined: never. */
  readonly until?: number | undefined;
  /** Why, at most 64 characters, for the audit log. */
  readonly reason?: string | undefined;
  /** The service account that does it. */
  readonly actor?: string | undefined;
}

/** Finds, changes, disables and enables users. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly database: Database,
    private readonly outbox: OutboxService,
    private readonly events: AuthEventsService,
  ) {}

  /** Returns a user, or null if none has the id. */
  find(id: string): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  /** Changes the given members only. */
  async update(id: string, profile: Partial<Profile>): Promise<void> {
    const changed = (Object.keys(profile) as (keyof Profile)[]).map((member) => WIRE_NAMES[member]);
    if (changed.length === 0) return;
    await this.database.write(async (manager) => {
      const { affected } = await manager.update(User, { id }, profile);
      if (affected === 1)
        await this.outbox.append(manager, { kind: 'user.updated', data: { user_id: id, changed } });
    });
  }

  /**
   * Disables a user: every login and refresh is refused, and access tokens are refused on every instance within two seconds.
   * @returns false if no user has the id
   */
  disable(id: string, { until, reason, actor }: Disabling = {}): Promise<boolean> {
    return this.database.write(async (manager) => {
      const disabled = { disabledAt: () => databaseNow(manager), disabledUntil: until ?? null };
      const data = { user_id: id, until: until === undefined ? null : new Date(until).toISOString() };
      return this.change(manager, id, disabled, {
        event: { kind: 'user_disabled', detail: reason, actor },
        message: { kind: 'user.disabled', data },
      });
    });
  }

  /**
   * Enables a user again. Sessions that have not ended meanwhile continue.
   * @param actor the service account that does it
   * @returns false if no user has the id
   */
  enable(id: string, actor?: string): Promise<boolean> {
    return this.database.write((manager) =>
      this.change(
        manager,
        id,
        { disabledAt: null, disabledUntil: null },
        {
          event: { kind: 'user_enabled', actor },
          message: { kind: 'user.enabled', data: { user_id: id } },
        },
      ),
    );
  }

  private async change(
    manager: EntityManager,
    id: string,
    changes: QueryDeepPartialEntity<User>,
    { event, message }: { event: NewAuthEvent; message: OutboxEvent },
  ): Promise<boolean> {
    const { affected } = await manager.update(User, { id }, changes);
    if (affected !== 1) return false;
    await this.events.write(manager, { ...event, userId: id });
    await this.outbox.append(manager, message);
    return true;
  }
}
