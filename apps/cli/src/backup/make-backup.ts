import { existsSync } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '@app/common';
import { CliError } from '../program/cli-error.js';
import { BACKUP_ERRORS } from './backup-errors.js';
import { BackupNames } from './backup-name.js';
import { SqliteFile } from './sqlite-file.js';

/** A backup that is made. */
export interface Backup {
  readonly file: string;
  readonly bytes: number;
  readonly users: number;
  /** The names of the old backups that were removed. */
  readonly removed: readonly string[];
}

/** An unfinished file that is older was left by a command that was killed. */
const ABANDONED_AFTER_MS = 24 * 3600 * 1000;

/**
 * Copies a SQLite file that a service may write meanwhile. The file gets its name only when it is verified and on the disk.
 * @param keep how many backups of this database stay in the folder; default: all
 * @throws {CliError} of {@link BACKUP_ERRORS}
 */
export async function makeBackup(database: string, folder: string, keep = Infinity): Promise<Backup> {
  if (!existsSync(database)) throw new CliError(BACKUP_ERRORS.databaseMissing, { database });
  const names = new BackupNames(database);
  const name = names.at(new Date());
  const file = join(folder, name);
  const draft = join(folder, names.unfinished(name));
  await createDraft(folder, draft, file);
  let made;
  try {
    await copyInto(database, draft, folder);
    made = { file, users: await verify(database, draft), bytes: await sync(draft) };
    await rename(draft, file);
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof CliError ? error : writeError(error, folder);
  }
  try {
    return { ...made, removed: await removeOld(folder, names, name, keep) };
  } catch (error) {
    throw new CliError(BACKUP_ERRORS.oldNotRemoved, { file, reason: errorCode(error) });
  }
}

/** Reserves the name among commands that run at once. */
async function createDraft(folder: string, draft: string, file: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (await open(draft, 'wx', 0o600)).close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (existsSync(draft) || existsSync(file)))
      throw new CliError(BACKUP_ERRORS.exists, { file });
    throw writeError(error, folder);
  }
  if (!existsSync(file)) return;
  await rm(draft);
  throw new CliError(BACKUP_ERRORS.exists, { file });
}

/**
 * Copies the rows of one moment, also those in the write-ahead log, without blocking writes. VACUUM INTO copies no deleted rows.
 * The backup API would begin again at each write of another process.
 */
async function copyInto(database: string, draft: string, folder: string): Promise<void> {
  let source;
  try {
    source = await SqliteFile.open(database);
    await source.rows('VACUUM INTO ?', [draft]);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'SQLITE_FULL') throw new CliError(BACKUP_ERRORS.diskFull, { folder });
    throw new CliError(BACKUP_ERRORS.databaseUnusable, { database, reason: code });
  } finally {
    await source?.close();
  }
}

/** Opens the copy as a restore would, and returns the number of its users. */
async function verify(database: string, draft: string): Promise<number> {
  let copy;
  try {
    copy = await SqliteFile.open(draft);
    const [check] = await copy.rows<{ integrity_check: string }>('PRAGMA integrity_check');
    if (check?.integrity_check !== 'ok')
      throw new CliError(BACKUP_ERRORS.damaged, { database, reason: 'integrity_check' });
    const [count] = await copy.rows<{ users: number; keys: number }>(
      'SELECT (SELECT COUNT(*) FROM users) AS users, (SELECT COUNT(*) FROM signing_keys) AS keys',
    );
    if (!count?.keys) throw new CliError(BACKUP_ERRORS.damaged, { database, reason: 'signing_keys' });
    return count.users;
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(BACKUP_ERRORS.damaged, { database, reason: errorCode(error) });
  } finally {
    await copy?.close();
  }
}

/** Waits until the disk has the file. @returns its size */
async function sync(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** Waits until the disk has the names in a folder. Windows cannot sync a folder and needs not to. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

/** Removes the oldest backups of the database, and what killed commands left. @returns the names of the backups */
async function removeOld(folder: string, names: BackupNames, made: string, keep: number): Promise<string[]> {
  const files = await readdir(folder);
  for (const name of files.filter((other) => names.isUnfinished(other))) {
    const { mtimeMs } = await lstat(join(folder, name));
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(join(folder, name), { force: true });
  }
  const removed: string[] = [];
  // The backup of this command stays, even if the clock was set back.
  const others = files
    .filter((name) => name !== made && names.isBackup(name))
    .sort()
    .reverse();
  for (const name of others.slice(keep - 1)) {
    const path = join(folder, name);
    // A link or a folder of this name was made by another program.
    const isFile = await lstat(path).then(
      (status) => status.isFile(),
      () => false,
    );
    if (!isFile) continue;
    await rm(path, { force: true });
    removed.push(name);
  }
  return removed;
}

function writeError(error: unknown, folder: string): CliError {
  const reason = errorCode(error);
  return reason === 'ENOSPC' || reason === 'EDQUOT'
    ? new CliError(BACKUP_ERRORS.diskFull, { folder })
    : new CliError(BACKUP_ERRORS.folderUnwritable, { folder, reason });
}
