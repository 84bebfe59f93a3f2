import { Logger } from '@nestjs/common';
import { PassportUnavailable } from './errors.js';

/** Logs the first failure of an outage and its end, not every request in between. */
export class OutageReport {
  private readonly logger = new Logger('PassportModule');
  private isOut = false;

  constructor(
    private readonly code: PassportUnavailable['code'],
    private readonly url: string,
  ) {}

  /** Returns the exception for a request that needed the answer. */
  failed(cause: unknown): PassportUnavailable {
    if (!this.isOut) this.logger.error(`${this.code}: ${this.url}: ${reasonOf(cause)}`);
    this.isOut = true;
    return new PassportUnavailable(this.code, cause);
  }

  succeeded(): void {
    if (this.isOut) this.logger.log(`${this.url} answers again`);
    this.isOut = false;
  }
}

/** The message of an error. `fetch` has the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
