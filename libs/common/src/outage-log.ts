import type { Logger } from '@nestjs/common';

/** The messages of an {@link OutageLog}. */
export interface OutageTexts {
  /** The message of a failure; the reason is appended. */
  readonly failing: string;
  /** The message when the outage ends. */
  readonly recovered: string;
  /** Whether to log each different reason. Default: only the first one of an outage. */
  readonly eachReason?: boolean;
  /** The level of the failure. Default: `warn`. */
  readonly level?: 'warn' | 'error';
  /** Members to add to both log entries. */
  readonly about?: object;
}

/** Logs an outage once when it begins and once when it ends, regardless of the number of attempts in between. */
export class OutageLog {
  private readonly reasons = new Set<string>();

  constructor(
    private readonly logger: Logger,
    private readonly texts: OutageTexts,
  ) {}

  /** Whether the last attempt failed. */
  get isActive(): boolean {
    return this.reasons.size > 0;
  }

  /** Records a failure. @param reason never a secret */
  failed(reason: string): void {
    const { failing, eachReason, level = 'warn', about } = this.texts;
    if (this.isActive && (!eachReason || this.reasons.has(reason))) return;
    this.reasons.add(reason);
    this.logger[level]({ msg: `${failing}: ${reason}`, ...about });
  }

  /** Records a success. */
  succeeded(): void {
    if (!this.isActive) return;
    this.reasons.clear();
    this.logger.log({ msg: this.texts.recovered, ...this.texts.about });
  }
}
