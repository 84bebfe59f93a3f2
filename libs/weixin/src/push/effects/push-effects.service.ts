import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { DeletionsService } from '@app/deletion';
import { OutboxService } from '@app/outbox';
import type { CommitEffects } from '@app/personal-data';
import { User, UserPhonesService } from '@app/users';
import type { PushMembers } from '../verify/push-content.js';
import { type WithdrawnData, withdrawnBy } from './withdrawn-data.js';

/** A push about a user, decrypted under a good `msg_signature`. */
export interface PushAboutUser {
  readonly appid: string;
  readonly event: string;
  /** The row is locked. */
  readonly user: User;
  readonly members: PushMembers;
}

const HANDLED_EVENTS: ReadonlySet<string> = new Set([
  'user_authorization_cancellation',
  'user_authorization_revoke',
  'user_info_modified',
]);

/**
 * Does what WeChat's events about authorizations ask for.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/security.html
 */
@Injectable()
export class PushEffectsService {
  constructor(
    private readonly phones: UserPhonesService,
    private readonly deletions: DeletionsService,
    private readonly outbox: OutboxService,
    private readonly events: AuthEventsService,
  ) {}

  /** Returns whether the service acts on an event. */
  handles(event: string): boolean {
    return HANDLED_EVENTS.has(event);
  }

  /**
   * Acts on a push whose event the service handles, and records that.
   * @param manager of the {@link Database.write} that stores the push
   * @throws {Problem} `deletion_ledger_unavailable`; nothing must be committed then
   */
  async apply(manager: EntityManager, push: PushAboutUser, effects: CommitEffects): Promise<void> {
    const { event, user, members, appid } = push;
    if (event === 'user_authorization_revoke')
      await this.erase(manager, user.id, withdrawnBy(members.get('RevokeInfo')));
    // WeChat has replaced a nickname or an avatar that broke its rules.
    else if (event === 'user_info_modified')
      await this.erase(manager, user.id, new Set<WithdrawnData>(['nickname', 'avatar_url']));
    else if (event === 'user_authorization_cancellation') await this.delete(manager, push, effects);
    await this.events.write(manager, { kind: 'weixin_push', userId: user.id, appid, detail: event });
  }

  /** A disabled user stays: otherwise the person could come back as a new user. */
  private async delete(
    manager: EntityManager,
    { user, appid }: PushAboutUser,
    effects: CommitEffects,
  ): Promise<void> {
    if (user.disabledAt !== null || user.deletesAt !== null) return;
    await this.deletions.request(manager, { userId: user.id, appid, by: 'weixin' }, effects);
  }

  private async erase(
    manager: EntityManager,
    userId: string,
    withdrawn: ReadonlySet<WithdrawnData>,
  ): Promise<void> {
    if (withdrawn.size === 0) return;
    const profile = {
      ...(withdrawn.has('nickname') && { nickname: null }),
      ...(withdrawn.has('avatar_url') && { avatarUrl: null }),
    };
    if (Object.keys(profile).length > 0) await manager.update(User, { id: userId }, profile);
    if (withdrawn.has('phone')) await this.phones.unbind(manager, userId);
    const data = { user_id: userId, changed: [...withdrawn] };
    await this.outbox.append(manager, { kind: 'user.updated', data });
  }
}
