import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { UsersModule } from '@app/users';
import { DeletionLedgerService } from './deletion-ledger.service.js';
import { DeletionRecordsService } from './deletion-records.service.js';
import { DeletionsService } from './deletions.service.js';
import { ErasureJobService } from './erasure-job.service.js';
import { ErasuresService } from './erasures.service.js';
import { LedgerConfirmationsService } from './ledger-confirmations.service.js';
import { LedgerReplayService } from './ledger-replay.service.js';
import { OperatorDeletionsService } from './operator-deletions.service.js';

/** The deletion of accounts: request, cooling-off, erasure, ledger. */
@Module({
  imports: [AuthModule, UsersModule],
  providers: [
    DeletionLedgerService,
    DeletionRecordsService,
    DeletionsService,
    ErasureJobService,
    ErasuresService,
    LedgerConfirmationsService,
    LedgerReplayService,
    OperatorDeletionsService,
  ],
  exports: [
    DeletionsService,
    ErasuresService,
    LedgerConfirmationsService,
    LedgerReplayService,
    OperatorDeletionsService,
  ],
})
export class DeletionModule {}
