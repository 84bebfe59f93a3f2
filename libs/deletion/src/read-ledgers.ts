import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '@app/common';
import { type LedgerSummary, readLedger } from './ledger-entry.js';

/**
 * Reads a ledger and those beside it (`*.jsonl`): instances that share a folder write a file each, and a new one goes on where
 * another has stopped.
 * @param path of a ledger, which may not exist yet
 * @throws {Error} of the file system
 */
export async function readLedgers(path: string): Promise<LedgerSummary> {
  const folder = dirname(path);
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const ledgers = names.filter((name) => name === basename(path) || name.endsWith('.jsonl'));
  const texts = await Promise.all(ledgers.map((name) => readFile(join(folder, name), 'utf8')));
  return readLedger(texts.flatMap((text) => text.split('\n')));
}
