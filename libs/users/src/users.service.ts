import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Database, databaseNow } from '@app/database';
import { User } from './user.entity.js';

/** What users may change about themselves. */
export type Profile = Pick<User, 'nickname' | 'avatarUrl'>;

/** Users as such, whatever way they log in. */
@Injectable()
export class Users {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly database: Database,
  ) {}

  /** @returns null for an id nobody has */
  find(id: string): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  /** Changes the given members and leaves the others. */
  async update(id: string, profile: Partial<Profile>): Promise<void> {
    if (Object.keys(profile).length === 0) return;
    await this.database.write((manager) => manager.update(User, { id }, profile));
  }

  /**
   * Shuts a user out: no login, no refresh, and access tokens die on every instance within two seconds.
   * @returns false for an id nobody has
   */
  disable(id: string): Promise<boolean> {
    return this.setDisabled(id, true);
  }

  /**
   * Lets a user in again; sessions that have not ended meanwhile go on.
   * @returns false for an id nobody has
   */
  enable(id: string): Promise<boolean> {
    return this.setDisabled(id, false);
  }

  private async setDisabled(id: string, disabled: boolean): Promise<boolean> {
    const { affected } = await this.database.write((manager) =>
      manager.update(User, { id }, { disabledAt: disabled ? () => databaseNow(manager) : null }),
    );
    return affected === 1;
  }
}
