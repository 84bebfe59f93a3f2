import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import { type ListedUser, UserDirectoryService } from '@app/users';
import type { ServicePrincipal } from '../guard/service-principal.js';
import { UserResponse } from './user.dto.js';

/** Finds the users that a service account may see: those with an identity in one of its mini-programs. */
@Injectable()
export class VisibleUsersService {
  constructor(
    private readonly directory: UserDirectoryService,
    private readonly database: Database,
  ) {}

  /** @throws {Problem} `user_not_found`, also for a user of other mini-programs only */
  async find({ appids }: ServicePrincipal, id: string): Promise<ListedUser> {
    const found = await this.directory.find(appids, id);
    if (!found) throw new Problem('user_not_found');
    return found;
  }

  /**
   * Checks that a user can be changed or read in detail.
   * @throws {Problem} `user_not_found`, also for a user who was merged into another one
   */
  async assertLive(account: ServicePrincipal, id: string): Promise<void> {
    const { user } = await this.find(account, id);
    if (user.mergedInto !== null) throw new Problem('user_not_found');
  }

  /** Returns what the account sees of users. */
  responses(users: readonly ListedUser[]): UserResponse[] {
    const now = this.database.clock.now();
    return users.map((user) => UserResponse.of(user, now));
  }

  /** @throws {Problem} `user_not_found` */
  async response(account: ServicePrincipal, id: string): Promise<UserResponse> {
    return UserResponse.of(await this.find(account, id), this.database.clock.now());
  }
}
