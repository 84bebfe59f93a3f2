import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '@app/config';

/** The end of the process after a signal: announced, then in order, then by force. */
@Injectable()
export class Shutdown implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(Shutdown.name);
  private hasBegun = false;

  constructor(private readonly config: Config) {}

  /** Whether new requests should go elsewhere; those that come all the same are served. */
  get begun(): boolean {
    return this.hasBegun;
  }

  /** The first thing Nest calls, before it waits for anything. */
  onModuleDestroy(): void {
    this.hasBegun = true;
  }

  /** Nest goes on listening until this settles. Ctrl-C does not wait: nobody balances a laptop. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal === undefined) return;
    const delayMs = signal === 'SIGTERM' ? this.config.SHUTDOWN_DELAY_SECONDS * 1000 : 0;
    setTimeout(
      () => {
        this.giveUp();
      },
      delayMs + this.config.SHUTDOWN_TIMEOUT_SECONDS * 1000,
    ).unref();
    this.logger.log(`${signal}: stopping`);
    await sleep(delayMs);
  }

  private giveUp(): void {
    this.logger.error('SHUTDOWN_TIMEOUT_SECONDS have passed: requests that are not answered yet are cut off');
    process.exit(1);
  }
}
