export { DeletionModule } from './deletion.module.js';
export type { DeletionRequest } from './deletion-records.service.js';
export { DeletionsService } from './deletions.service.js';
export { ErasuresService } from './erasures.service.js';
export { OperatorDeletionsService } from './operator-deletions.service.js';
export { LedgerConfirmationsService } from './ledger-confirmations.service.js';
export type { LedgerSummary } from './ledger-entry.js';
export { readLedgers } from './read-ledgers.js';
export { type LedgerReplay, LedgerReplayService } from './ledger-replay.service.js';
