import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database, insertRow, newId } from '@app/database';
import { OutboxService } from '@app/outbox';
import { type CommitEffects, writeWithEffects } from '@app/personal-data';
import { ownerOf } from '@app/users';
import { PushEffectsService } from '../effects/push-effects.service.js';
import type { PushContent } from '../verify/open-push.js';
import { PersonHashesService } from './person-hashes.service.js';
import { type PushRequest, sealPush } from './stored-push.js';
import { WeixinPush } from './weixin-push.entity.js';

/** Fits the column. WeChat's longest event has about 40 characters. */
const MAX_EVENT_LENGTH = 64;

/** Stores each push once, and acts on it in the transaction that stores it. */
@Injectable()
export class WeixinPushInboxService {
  constructor(
    private readonly database: Database,
    private readonly effects: PushEffectsService,
    private readonly sealer: SealerService,
    private readonly outbox: OutboxService,
    private readonly persons: PersonHashesService,
  ) {}

  /**
   * Stores a push and acts on it, unless it is stored already.
   * @param forwardAt when to forward it if that is not done before, by the database's clock; null: never
   * @returns its row
   */
  async store(
    request: PushRequest,
    content: PushContent,
    forwardAt: number | null,
  ): Promise<{ push: WeixinPush; isNew: boolean }> {
    const { appid } = request;
    const digest = createHash('sha256')
      .update(JSON.stringify([appid, content.text]))
      .digest('base64url');
    const id = newId();
    const sealed = sealPush(this.sealer, id, request, content.text);
    return writeWithEffects(this.database, async (manager, effects) => {
      const known = await manager.findOneBy(WeixinPush, { digest });
      if (known) return { push: known, isNew: false };
      const receivedAt = Date.now();
      const row = { id, appid, digest, push: sealed, receivedAt, forwardAt, forwardAttempts: 0 };
      return { push: await this.act(manager, { ...row, forwardedAt: null }, content, effects), isNew: true };
    });
  }

  private async act(
    manager: EntityManager,
    row: Omit<WeixinPush, 'userId' | 'personHash' | 'event' | 'isHandled'>,
    { members }: PushContent,
    effects: CommitEffects,
  ): Promise<WeixinPush> {
    const { appid } = row;
    const event = (members.get('Event') || members.get('MsgType') || '').slice(0, MAX_EVENT_LENGTH);
    // In the events about authorizations the sender is WeChat itself, and the user is another member.
    const openid = members.get('OpenID') || members.get('FromUserName') || '';
    const user = await ownerOf(manager, { appid, openid });
    const isHandled = this.effects.handles(event);
    const person = {
      userId: user?.id ?? null,
      personHash: user || openid === '' ? null : this.persons.hash({ appid, openid }),
    };
    const push: WeixinPush = { ...row, ...person, event, isHandled: isHandled ? 1 : 0 };
    await insertRow(manager, WeixinPush, push);
    const data = { user_id: push.userId, appid, event, push_id: push.id };
    await this.outbox.append(manager, { kind: 'weixin.push', data });
    if (user && isHandled) await this.effects.apply(manager, { appid, event, user, members }, effects);
    return push;
  }
}
