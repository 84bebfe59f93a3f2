import { Injectable, Logger } from '@nestjs/common';
import { UsersService } from '@app/users';
import { DeletionLedgerService } from './deletion-ledger.service.js';
import type { RecordedRequest } from './ledger-entry.js';

/** Confirms in the ledger that the writes of requests were committed. */
@Injectable()
export class LedgerConfirmationsService {
  private readonly logger = new Logger(LedgerConfirmationsService.name);
  /** False at the start: the process before may have been killed between a commit and its confirmation. */
  private isComplete = false;

  constructor(
    private readonly users: UsersService,
    private readonly ledger: DeletionLedgerService,
  ) {}

  /** Confirms a request after its commit. Does not throw: the deletion is pending, and {@link complete} confirms it later. */
  async confirm(request: RecordedRequest): Promise<void> {
    await this.ledger.confirm(request).catch((error: unknown) => {
      this.isComplete = false;
      this.logger.error(`DELETION_LEDGER lacks a confirmation: ${(error as Error).message}`);
    });
  }

  /**
   * Confirms the requests of the ledger that the database has and that are not confirmed, if there may be any. A request that
   * the database lacks stays unconfirmed: its commit failed, or the database is a backup.
   * @throws {Error} of the file system or the database
   */
  async complete(): Promise<void> {
    if (this.isComplete) return;
    // A confirmation that fails meanwhile sets it back.
    this.isComplete = true;
    try {
      for (const request of await this.ledger.unconfirmed()) {
        const user = await this.users.find(request.user_id);
        if (user?.deletesAt === Date.parse(request.deletes_at)) await this.ledger.confirm(request);
      }
    } catch (error) {
      this.isComplete = false;
      throw error;
    }
  }
}
