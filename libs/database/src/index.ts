export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { epochMs } from './epoch-ms.js';
export { insertRow } from './insert-row.js';
