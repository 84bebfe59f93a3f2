import type { Logger } from '@nestjs/common';

/** What an {@link OutageLog} writes. */
export interface OutageTexts {
  /** Begins the line of a failure; the reason follows. */
  readonly failing: string;
  /** The line of the end. */
  readonly recovered: string;
  /** Whether each further reason is worth a line of its own. Default: only the first. */
  readonly eachReason?: boolean;
  /** Of the failure. Default: `warn`. */
  readonly level?: 'warn' | 'error';
  /** Further members of both lines. */
  readonly about?: object;
}

/** Logs an outage when it begins and when it ends, however often the work is tried in between. */
export class OutageLog {
  private readonly reasons = new Set<string>();

  constructor(
    private readonly logger: Logger,
    private readonly texts: OutageTexts,
  ) {}

  /** Whether the last try failed. */
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
  worked(): void {
    if (!this.isActive) return;
    this.reasons.clear();
    this.logger.log({ msg: this.texts.recovered, ...this.texts.about });
  }
}
