import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, type Repository } from 'typeorm';
import { OutageLog } from '@app/common';
import { SealerService } from '@app/crypto';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import { unsealPush, type PushRequest } from '../inbox/stored-push.js';
import { WeixinPush } from '../inbox/weixin-push.entity.js';
import { type PushAnswer, PushForwarderService } from './push-forwarder.service.js';

/** Longer than an attempt takes, and at most the pause after which WeChat repeats a push. */
export const ATTEMPT_MS = 5000;
const LOOK_EVERY_MS = 2000;
const AT_ONE_TIME = 20;
/** Between attempts, in seconds; the last one until the push is deleted. */
const PAUSES = [10, 30, 60, 300, 900, 3600];

/**
 * Forwards stored pushes. What the service has acted on is forwarded again after a failure, by one instance at a time, until
 * the push is deleted. WeChat itself repeats everything else.
 */
@Injectable()
export class PushForwardsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(PushForwardsService.name), {
    failing: 'stored pushes are not forwarded',
    recovered: 'stored pushes are forwarded again',
  });
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @InjectRepository(WeixinPush) private readonly pushes: Repository<WeixinPush>,
    private readonly database: Database,
    private readonly sealer: SealerService,
    private readonly forwarder: PushForwarderService,
  ) {}

  onApplicationBootstrap(): void {
    if (this.forwarder.isConfigured) this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Reserves a push that is due for one attempt. @returns false if it is forwarded, or another attempt is under way */
  async claim(id: string): Promise<boolean> {
    const now = this.database.clock.now();
    const { affected } = await this.database.write((manager) =>
      manager
        .createQueryBuilder()
        .update(WeixinPush)
        .set({ forwardAt: now + ATTEMPT_MS })
        .where('id = :id AND forwarded_at IS NULL AND (forward_at IS NULL OR forward_at <= :now)', {
          id,
          now,
        })
        .execute(),
    );
    return affected === 1;
  }

  /**
   * Forwards a push that is reserved, and stores the result.
   * @throws {Problem} `push_forward_failed`
   */
  async attempt(push: WeixinPush, request: PushRequest, timeoutMs?: number): Promise<PushAnswer> {
    const answer = await this.forwarder.forward(request, timeoutMs).catch(async (error: unknown) => {
      await this.store(push, { forwardAt: this.nextAttemptOf(push) });
      throw error;
    });
    await this.store(push, { forwardAt: null, forwardedAt: this.database.clock.now() });
    return answer;
  }

  /** Forwards the pushes that are due, until one fails. */
  async forwardDue(): Promise<void> {
    const due = await this.pushes.find({
      where: { isHandled: 1, forwardAt: LessThanOrEqual(this.database.clock.now()) },
      order: { forwardAt: 'ASC' },
      take: AT_ONE_TIME,
    });
    for (const push of due) {
      if (this.stopped) return;
      if (await this.claim(push.id)) await this.attempt(push, unsealPush(this.sealer, push));
    }
  }

  private nextAttemptOf({ isHandled, forwardAttempts }: WeixinPush): number | null {
    if (isHandled === 0) return null;
    const pause = PAUSES[Math.min(forwardAttempts, PAUSES.length - 1)] ?? 0;
    return this.database.clock.now() + pause * 1000;
  }

  private async store({ id, forwardAttempts }: WeixinPush, change: Partial<WeixinPush>): Promise<void> {
    await this.database.write((manager) =>
      manager.update(WeixinPush, { id }, { ...change, forwardAttempts: forwardAttempts + 1 }),
    );
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.forwardDue().then(
        () => {
          this.outage.succeeded();
        },
        (error: unknown) => {
          // The forwarder logs its own failures.
          if (!(error instanceof Problem)) this.outage.failed((error as Error).message);
        },
      );
      void this.running.then(() => {
        this.schedule();
      });
    }, LOOK_EVERY_MS).unref();
  }
}
