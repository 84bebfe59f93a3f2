import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '@app/config';
import { Database } from '@app/database';
import { Problem } from '@app/problem';
import type { LedgerEntry, RecordedRequest } from './ledger-entry.js';
import { readLedgers } from './read-ledgers.js';

/**
 * Appends to the file of `DELETION_LEDGER`, which is outside the database: a restored backup does not know which of its users
 * were erased since.
 */
@Injectable()
export class DeletionLedgerService {
  private readonly logger = new Logger(DeletionLedgerService.name);

  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  /**
   * Appends an entry and waits until the disk has it. Call it as the last step of the write that the entry is about.
   * @returns the entry with its time
   * @throws {Problem} `deletion_ledger_unavailable`; the write must not be committed then
   */
  async append<Entry extends LedgerEntry>(entry: Entry): Promise<Entry & { readonly at: string }> {
    const recorded = { at: new Date(this.database.clock.now()).toISOString(), ...entry };
    await this.write(recorded).catch((error: unknown) => {
      this.logger.error(`DELETION_LEDGER cannot be written: ${(error as Error).message}`);
      throw new Problem('deletion_ledger_unavailable', { retryAfterSeconds: 60 });
    });
    return recorded;
  }

  /** Appends that the write of a request was committed. @throws {Error} of the file system */
  confirm(request: RecordedRequest): Promise<void> {
    return this.write({ ...request, action: 'requested' });
  }

  /** Returns the requests whose write may not have been committed. @throws {Error} of the file system */
  async unconfirmed(): Promise<readonly RecordedRequest[]> {
    return (await readLedgers(this.config.DELETION_LEDGER)).unconfirmed;
  }

  private async write(entry: object): Promise<void> {
    const path = this.config.DELETION_LEDGER;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const isNew = await appendDurably(path, `${JSON.stringify(entry)}\n`);
    if (isNew) await syncFolder(dirname(path));
  }
}

/** Returns whether the file was empty or is new. */
async function appendDurably(path: string, line: string): Promise<boolean> {
  const file = await open(path, 'a+', 0o600);
  try {
    // After a power loss the last line may have no end.
    const { size } = await file.stat();
    const last =
      size === 0 ? '\n' : (await file.read({ buffer: Buffer.alloc(1), position: size - 1 })).buffer;
    await file.appendFile(last.toString() === '\n' ? line : `\n${line}`);
    await file.sync();
    return size === 0;
  } finally {
    await file.close();
  }
}

/** Makes the name of a new file durable. Windows cannot sync a folder and needs not to. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}
