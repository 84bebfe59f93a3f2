export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { DATABASE_NOW } from './database-now.js';
export { epochMs } from './epoch-ms.js';
export { insertRow } from './insert-row.js';
