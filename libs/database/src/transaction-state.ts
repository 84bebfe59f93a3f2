import type { QueryRunner } from 'typeorm';

/** Sets TypeORM's state of a transaction begun by SQL, so that `save()` and nested transactions use savepoints in it. */
export function setTransactionState(runner: QueryRunner, inTransaction: boolean): void {
  Object.assign(runner, { isTransactionActive: inTransaction, transactionDepth: inTransaction ? 1 : 0 });
}
