import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { OutboxService } from '@app/outbox';
import type { CommitEffects } from '@app/personal-data';
import type { DeletionBy } from '@app/users';
import { DeletionLedgerService } from './deletion-ledger.service.js';
import { LedgerConfirmationsService } from './ledger-confirmations.service.js';

/** Who asks for a deletion or its cancellation. */
export interface DeletionRequest {
  readonly userId: string;
  readonly by: DeletionBy;
  readonly sessionId?: string | undefined;
  readonly appid?: string | undefined;
  readonly client?: ClientInfo | undefined;
  /** The service account that does it, if it is one. */
  readonly actor?: string | undefined;
}

/**
 * Records each step of a deletion: in the audit log, for webhooks, and in the ledger. Each method is the last step of the
 * {@link Database.write} that it is about, because the ledger is outside the database.
 * @throws {Problem} `deletion_ledger_unavailable`; the write must not be committed then
 */
@Injectable()
export class DeletionRecordsService {
  constructor(
    private readonly events: AuthEventsService,
    private readonly outbox: OutboxService,
    private readonly ledger: DeletionLedgerService,
    private readonly confirmations: LedgerConfirmationsService,
  ) {}

  /** @param deletesAt epoch milliseconds */
  async requested(
    manager: EntityManager,
    request: DeletionRequest,
    deletesAt: number,
    effects: CommitEffects,
  ): Promise<void> {
    const { userId, by } = request;
    const data = { user_id: userId, deletes_at: new Date(deletesAt).toISOString() };
    await this.events.write(manager, { kind: 'deletion_requested', ...request, detail: by });
    await this.outbox.append(manager, { kind: 'user.deletion_requested', data });
    const entry = await this.ledger.append({ action: 'requesting', ...data });
    effects.afterCommit(() => this.confirmations.confirm(entry));
  }

  async cancelled(manager: EntityManager, request: DeletionRequest): Promise<void> {
    const { userId, by } = request;
    await this.events.write(manager, { kind: 'deletion_cancelled', ...request, detail: by });
    await this.ledger.append({ action: 'cancelled', user_id: userId });
  }

  async erased(
    manager: EntityManager,
    { userId, actor }: Pick<DeletionRequest, 'userId' | 'actor'>,
    mergedUserIds: readonly string[],
  ): Promise<void> {
    const data = { user_id: userId, merged_user_ids: mergedUserIds };
    await this.events.write(manager, { kind: 'user_deleted', userId, actor });
    await this.outbox.append(manager, { kind: 'user.deleted', data });
    await this.ledger.append({ action: 'erased', ...data });
  }
}
