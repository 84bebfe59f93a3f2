import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import {
  FORWARD_WITHIN_MS,
  type PushAnswer,
  PushForwarderService,
} from './forward/push-forwarder.service.js';
import { ATTEMPT_MS, PushForwardsService } from './forward/push-forwards.service.js';
import { WeixinPushInboxService } from './inbox/weixin-push-inbox.service.js';
import type { VerifiedPush } from './verify/weixin-push.guard.js';

const STORE_WITHIN_MS = 1000;
/** WeChat takes it as received. */
const SUCCESS: PushAnswer = { status: 200, contentType: 'text/plain', body: Buffer.from('success') };

/** Receives pushes of WeChat: stores, acts, forwards, and answers before WeChat gives up. */
@Injectable()
export class WeixinPushesService {
  constructor(
    private readonly inbox: WeixinPushInboxService,
    private readonly forwarder: PushForwarderService,
    private readonly forwards: PushForwardsService,
    private readonly database: Database,
  ) {}

  /**
   * Returns the answer to a push: that of `WEIXIN_PUSH_FORWARD_URL`, within four seconds; else `success`.
   * @throws {Problem} so that WeChat repeats the push: `database_unavailable` if it is not stored within a second,
   * `push_forward_failed` if it is not forwarded, and this service does not act on its event
   */
  async receive(push: VerifiedPush): Promise<PushAnswer> {
    const answerAt = performance.now() + FORWARD_WITHIN_MS;
    const { isConfigured } = this.forwarder;
    if (!push.content) return isConfigured ? this.forwarder.forward(push) : SUCCESS;
    const forwardAt = isConfigured ? this.database.clock.now() + ATTEMPT_MS : null;
    const storing = this.inbox.store(push, push.content, forwardAt);
    const stored = await Promise.race([storing, sleep(STORE_WITHIN_MS, undefined, { ref: false })]);
    if (!stored) throw new Problem('database_unavailable', { retryAfterSeconds: 5 });
    const isHandled = stored.push.isHandled === 1;
    if (!isConfigured || stored.push.forwardedAt !== null || (isHandled && !stored.isNew)) return SUCCESS;
    if (!stored.isNew && !(await this.forwards.claim(stored.push.id)))
      throw new Problem('push_forward_failed');
    try {
      return await this.forwards.attempt(stored.push, push, answerAt - performance.now());
    } catch (error) {
      if (isHandled && error instanceof Problem) return SUCCESS;
      throw error;
    }
  }
}
