/**
 * SQL for the present in epoch milliseconds by the database's own clock, the one clock that all instances share.
 * What instances compare with each other is written and read by it.
 */
export const DATABASE_NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
