export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { DATABASE_WRITES, type ObservedWrite } from './database-writes.js';
export { DATABASE_NOW } from './database-now.js';
export { epochMs } from './epoch-ms.js';
export { ExistingDatabase, type MigrationGap } from './existing-database.js';
export { insertRow } from './insert-row.js';
export { Prepared } from './prepared.js';
export { sideBySide } from './side-by-side.js';
