import type { Logger } from '@nestjs/common';

/** Tells the log of something that is tried every second: one line when it fails, and one when it works again. */
export class OutageLog {
  private readonly told = new Set<string>();

  /** @param what begins both lines */
  constructor(
    private readonly logger: Logger,
    private readonly what: string,
  ) {}

  /** Another reason than before is worth a line of its own. */
  failed({ message }: Error): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.logger.warn(`${this.what}: ${message}`);
  }

  worked(): void {
    if (this.told.size === 0) return;
    this.told.clear();
    this.logger.log(`${this.what}: works again`);
  }
}
