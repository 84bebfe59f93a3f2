import { createHash } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import type { CopiedTable } from './copied-tables.js';
import { readRows } from './read-rows.js';

/** The contents of a table. Tables of two databases with the same contents have the same digest. */
export interface TableDigest {
  readonly rows: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const MODULUS = 1n << 256n;

/** Reads a whole table. The hash is the sum of the hashes of its rows, because databases order them by different collations. */
export async function digestOf(
  runner: QueryRunner,
  table: CopiedTable,
  report: (rows: number) => void = () => undefined,
): Promise<TableDigest> {
  let rows = 0;
  let sum = 0n;
  for await (const batch of readRows(runner, table)) {
    for (const row of batch) {
      const text = JSON.stringify(row.map((value, index) => table.columns[index]?.canonical(value)));
      sum = (sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % MODULUS;
    }
    rows += batch.length;
    report(rows);
  }
  return { rows, sha256: sum.toString(16).padStart(64, '0') };
}
