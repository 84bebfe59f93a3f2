import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '@app/config';

/** Delays the shutdown after SIGTERM until load balancers have noticed it, and exits the process if it takes too long. */
@Injectable()
export class ShutdownService implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(ShutdownService.name);
  private hasBegun = false;

  constructor(private readonly config: Config) {}

  /** Whether the shutdown has begun. The readiness probe fails then, but the service still answers requests. */
  get begun(): boolean {
    return this.hasBegun;
  }

  /** Nest calls this first, before it waits for anything. */
  onModuleDestroy(): void {
    this.hasBegun = true;
  }

  /** Waits `SHUTDOWN_DELAY_SECONDS` after SIGTERM. Nest still listens until then. Ctrl-C does not wait. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal === undefined) return;
    const delayMs = signal === 'SIGTERM' ? this.config.SHUTDOWN_DELAY_SECONDS * 1000 : 0;
    setTimeout(
      () => {
        this.forceExit();
      },
      delayMs + this.config.SHUTDOWN_TIMEOUT_SECONDS * 1000,
    ).unref();
    this.logger.log(`${signal}: stopping`);
    await sleep(delayMs);
  }

  private forceExit(): void {
    this.logger.error('SHUTDOWN_TIMEOUT_SECONDS have passed: the process exits and aborts the open requests');
    process.exit(1);
  }
}
