import { type EntityManager, In } from 'typeorm';
import {
  type CommitEffects,
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs));

const CLEAN_UP = {
  en: 'a day after its end; if ended elsewhere, after its expiry',
  zh: '结束后一天；在别处被结束的，原定过期后一天',
};
const CLEAN_UP_OR_ERASURE = { en: `${CLEAN_UP.en}, or erasure`, zh: `${CLEAN_UP.zh}，或用户被清除` };

@PersonalDataOf(Session)
export class SessionPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'user_id', 'identity_id', 'appid'],
      purpose: { en: 'assigns the login to the user and the mini-program', zh: '将登录关联到用户和小程序' },
      until: CLEAN_UP,
    },
    {
      columns: ['generation', 'parent_generation', 'parent_of', 'rotated_at'],
      purpose: { en: 'recognises a stolen refresh token', zh: '识别被盗用的 refresh 令牌' },
      until: CLEAN_UP,
    },
    {
      columns: [
        ...['created_at', 'last_used_at', 'last_used_day', 'expires_at'],
        ...['revoked_at', 'revoked_reason'],
      ],
      purpose: { en: 'beginning, use and end of the login', zh: '登录的开始、使用和结束' },
      until: CLEAN_UP,
    },
    {
      columns: ['device_id', 'device'],
      purpose: {
        en: 'shows the user the devices, to end logins elsewhere',
        zh: '向用户展示已登录的设备，便于退出',
      },
      until: CLEAN_UP_OR_ERASURE,
    },
    {
      columns: ['ip'],
      purpose: { en: 'shows the user the network of each device', zh: '向用户展示各设备所在的网络' },
      protection: 'masked',
      until: CLEAN_UP_OR_ERASURE,
    },
  ];

  constructor(private readonly sessions: SessionsService) {}

  /** Revokes the sessions of the user who is merged into the other. */
  async merge(manager: EntityManager, { fromUserId }: MergedUsers, effects: CommitEffects): Promise<void> {
    const ended = await this.sessions.endAll(manager, [fromUserId], 'user_merged');
    effects.afterCommit(() => {
      this.sessions.announceEnded(ended);
    });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const sessions = await manager.find(Session, { where: { userId: In(userIds) }, order: { id: 'ASC' } });
    return sessions.map((session) => ({
      id: session.id,
      user_id: session.userId,
      identity_id: session.identityId,
      appid: session.appid,
      device_id: session.deviceId,
      device: session.device,
      ip: session.ip,
      created_at: iso(session.createdAt),
      last_used_at: iso(session.lastUsedAt),
      expires_at: iso(session.expiresAt),
      revoked_at: iso(session.revokedAt),
      revoked_reason: session.revokedReason,
    }));
  }

  /**
   * Revokes the sessions and removes device and address from them. The rows stay until the clean-up deletes them, because the
   * other instances read the revocation from them.
   */
  async erase(manager: EntityManager, userIds: readonly string[], effects: CommitEffects): Promise<void> {
    const ended = await this.sessions.endAll(manager, userIds, 'user_erased');
    await manager.update(Session, { userId: In(userIds) }, { deviceId: null, device: null, ip: null });
    effects.afterCommit(() => {
      this.sessions.announceEnded(ended);
    });
  }
}
