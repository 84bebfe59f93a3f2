import { Injectable } from '@nestjs/common';
import type { Principal } from '@app/auth';
import { Config } from '@app/config';
import { Problem } from '@app/problem';
import { type Profile, type User, UserPhonesService, UsersService } from '@app/users';
import { ContentCheckService } from '@app/weixin';
import { hostOfAvatarUrl } from './avatar-url.js';

/** The profile of a user, for the user. */
export interface OwnProfile {
  readonly user: User;
  /** Masked; null if none is bound. */
  readonly phone: string | null;
}

/** Reads and changes the profiles of users. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly config: Config,
    private readonly users: UsersService,
    private readonly phones: UserPhonesService,
    private readonly contentCheck: ContentCheckService,
  ) {}

  /** @throws {Problem} `token_revoked` for a user who does not exist or was merged: the client must log in again */
  async read(userId: string): Promise<OwnProfile> {
    const [user, phone] = await Promise.all([this.users.find(userId), this.phones.masked(userId)]);
    if (!user || user.mergedInto !== null) throw new Problem('token_revoked');
    return { user, phone };
  }

  /**
   * Changes the given members only.
   * @returns the profile after the change
   * @throws {Problem} `validation_failed` for an avatar that is not at an allowed host; with `WEIXIN_CONTENT_CHECK` what
   * {@link ContentCheckService.assertNicknameAllowed} throws; `token_revoked` as {@link read}. Nothing is changed then.
   */
  async change(user: Principal, profile: Partial<Profile>): Promise<OwnProfile> {
    const { nickname, avatarUrl } = profile;
    if (typeof avatarUrl === 'string') this.assertAllowed(avatarUrl);
    if (typeof nickname === 'string' && this.config.WEIXIN_CONTENT_CHECK)
      await this.contentCheck.assertNicknameAllowed(user, nickname);
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
