import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OutageLog } from '@app/common';
import { ErasuresService } from './erasures.service.js';
import { LedgerConfirmationsService } from './ledger-confirmations.service.js';

/** Between two looks for users who are due, and before the first. */
const PAUSE_MS = 10_000;
/** Between two users, so that logins wait for one of them at most. */
const STEP_EVERY_MS = 500;

/** Erases the users whose cooling-off has ended, one at a time. Every instance runs it. */
@Injectable()
export class ErasureJobService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly outage = new OutageLog(new Logger(ErasureJobService.name), {
    failing: 'the erasure of users failed',
    recovered: 'the erasure of users works again',
  });
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly erasures: ErasuresService,
    private readonly confirmations: LedgerConfirmationsService,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(PAUSE_MS);
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async step(): Promise<void> {
    let more = false;
    try {
      more = (await this.erasures.eraseDue()) || (await this.erasures.sweep());
      if (!more) await this.erasures.purge();
      await this.confirmations.complete();
      this.outage.succeeded();
    } catch (error) {
      this.outage.failed((error as Error).message);
    }
    this.schedule(more ? STEP_EVERY_MS : PAUSE_MS);
  }

  private schedule(afterMs: number): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.step(), afterMs).unref();
  }
}
