export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { databaseNow } from './database-now.js';
export { epochMs } from './epoch-ms.js';
export { ExistingDatabase, type MigrationGap } from './existing-database.js';
export { forUpdate, rowLock } from './for-update.js';
export { insertRow } from './insert-row.js';
export { Prepared } from './prepared.js';
export { sideBySide } from './side-by-side.js';
