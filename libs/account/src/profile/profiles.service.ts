import { Injectable } from '@nestjs/common';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type Profile, type User, Users } from '@app/users';
import { hostOfAvatarUrl } from './avatar-url.js';

/** The profiles of users. */
@Injectable()
export class Profiles {
  constructor(
    private readonly config: Config,
    private readonly users: Users,
  ) {}

  /** @throws {Problem} `token_revoked` for a user who is gone or merged: whoever holds the token must log in anew */
  async read(userId: string): Promise<User> {
    const user = await this.users.find(userId);
    if (!user || user.mergedInto !== null) throw new Problem('token_revoked');
    return user;
  }

  /**
   * Changes the given members and leaves the others.
   * @returns the user as it is then
   * @throws {Problem} `validation_failed` for an avatar that is not at an allowed host, `token_revoked` as {@link read}
   */
  async change(userId: string, profile: Partial<Profile>): Promise<User> {
    if (typeof profile.avatarUrl === 'string') this.assertAllowed(profile.avatarUrl);
    await this.users.update(userId, profile);
    return this.read(userId);
  }

  private assertAllowed(avatarUrl: string): void {
    const { avatarHosts } = this.config;
    const host = hostOfAvatarUrl(avatarUrl);
    if (host !== undefined && avatarHosts.includes(host)) return;
    const error = `avatar_url must be an https address without user and port at one of ${avatarHosts.join(', ')}`;
    throw new Problem('validation_failed', { members: { errors: [error] } });
  }
}
