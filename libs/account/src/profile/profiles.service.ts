import { Injectable } from '@nestjs/common';
import type { Principal } from '@app/auth';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type Profile, type User, UserPhones, Users } from '@app/users';
import { ContentCheck } from '@app/weixin';
import { hostOfAvatarUrl } from './avatar-url.js';

/** A user as they see themselves. */
export interface OwnProfile {
  readonly user: User;
  /** Masked; null where none is bound. */
  readonly phone: string | null;
}

/** The profiles of users. */
@Injectable()
export class Profiles {
  constructor(
    private readonly config: Config,
    private readonly users: Users,
    private readonly phones: UserPhones,
    private readonly contentCheck: ContentCheck,
  ) {}

  /** @throws {Problem} `token_revoked` for a user who is gone or merged: whoever holds the token must log in anew */
  async read(userId: string): Promise<OwnProfile> {
    const [user, phone] = await Promise.all([this.users.find(userId), this.phones.masked(userId)]);
    if (!user || user.mergedInto !== null) throw new Problem('token_revoked');
    return { user, phone };
  }

  /**
   * Changes the given members and leaves the others.
   * @returns the profile as it is then
   * @throws {Problem} `validation_failed` for an avatar that is not at an allowed host; with `WEIXIN_CONTENT_CHECK` what
   * {@link ContentCheck.passNickname} throws; `token_revoked` as {@link read}. Nothing is changed then.
   */
  async change(user: Principal, profile: Partial<Profile>): Promise<OwnProfile> {
    const { nickname, avatarUrl } = profile;
    if (typeof avatarUrl === 'string') this.assertAllowed(avatarUrl);
    if (typeof nickname === 'string' && this.config.WEIXIN_CONTENT_CHECK)
      await this.contentCheck.passNickname(user, nickname);
    await this.users.update(user.userId, profile);
    return this.read(user.userId);
  }

  private assertAllowed(avatarUrl: string): void {
    const { AVATAR_HOSTS } = this.config;
    const host = hostOfAvatarUrl(avatarUrl);
    if (host !== undefined && AVATAR_HOSTS.includes(host)) return;
    const error = `avatar_url must be an https address without user and port at one of ${AVATAR_HOSTS.join(', ')}`;
    throw new Problem('validation_failed', { members: { errors: [error] } });
  }
}
