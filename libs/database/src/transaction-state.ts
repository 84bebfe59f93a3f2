import type { QueryRunner } from 'typeorm';

/** Tells TypeORM of a transaction begun by hand, so that `save()` and nested transactions use savepoints in it. */
export function tellTypeOrm(runner: QueryRunner, inTransaction: boolean): void {
  Object.assign(runner, { isTransactionActive: inTransaction, transactionDepth: inTransaction ? 1 : 0 });
}
