import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyDatabase, type Progress } from '../../apps/cli/src/copy-database/copy-database.js';
import { tablesOfService } from '../../apps/cli/src/program/in-service.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { migrateDatabase } from '../../libs/database/src/index.js';
import { useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';
import { execute, fileOf, rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

const EVENTS = 20_000;
const COUNT = 'SELECT COUNT(*) AS n FROM auth_events';

describe('a copy that is interrupted', () => {
  const folder = useFolder();
  const targets = [useDatabase(), useDatabase(), useDatabase()];
  const from = `sqlite:${join(folder, 'large.sqlite')}`;
  const config = loadConfig({ SECRET_KEY, DATABASE_URL: from, LOG_LEVEL: 'silent' });
  const count = async (url: string) => Number((await rows<{ n: number | string }>(url, COUNT))[0]?.n);
  const named = (url: string) => ({ url, name: url });
  const copyHere = async (
    to: string,
    report: (progress: Progress) => void | Promise<void> = () => undefined,
  ) =>
    copyDatabase(named(from), named(to), await tablesOfService(config), (progress) => void report(progress));
  /** Stops when the first rows of the events are copied. */
  const stopAtEvents = ({ table, step, rows }: Progress) => {
    if (table === 'auth_events' && step === 'copy' && rows > 0) throw new Error('stopped by the test');
  };

  beforeAll(async () => {
    await migrateDatabase(from, await tablesOfService(config));
    await execute(
      from,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS})
        INSERT INTO auth_events (id, at, kind) SELECT printf('event-%08d', i), i, 'login' FROM n`,
    );
  });

  it('continues with the same command after kill -9, and copies each row once', async () => {
    const [to = ''] = targets;
    const start = () =>
      new Program('dist/apps/cli/src/passport.js', { SECRET_KEY, DATABASE_URL: from, TARGET: to }, folder, [
        'copy-database',
        from,
        'env:TARGET',
      ]);
    const first = start();
    await first.prints(`auth_events: 0 of ${EVENTS} rows`);
    // The copy has the file of SQLite for itself.
    const copied = async () =>
      to.startsWith('sqlite:')
        ? (existsSync(fileOf(to)) ? statSync(fileOf(to)).size : 0) - 600_000
        : count(to);
    await expect.poll(copied, { timeout: 60_000, interval: 1 }).toBeGreaterThan(0);
    await first.stop('SIGKILL');
    // On SQLite, the next connection for writes rolls back what was not committed.
    await execute(to, 'UPDATE copy_database_progress SET name = name');
    const before = await count(to);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(EVENTS);

    const second = start();
    expect(await second.ended(), second.output).toBe(0);
    expect(second.output).toContain(`auth_events: ${before} of ${EVENTS} rows\n`);
    expect(second.output).toContain('Copied and compared.');
    expect(await count(to)).toBe(EVENTS);
    await expect(rows(to, 'SELECT * FROM copy_database_progress')).rejects.toThrow();
  }, 220_000);

  it('is refused for another source, and reports rows that the source has changed since', async () => {
    const to = targets[1] ?? '';
    await expect(copyHere(to, stopAtEvents)).rejects.toMatchObject({ spec: { code: 'copy_stopped' } });
    const tables = await tablesOfService(config);
    const other = { url: from, name: 'sqlite:/other.sqlite' };
    await expect(copyDatabase(other, named(to), tables, () => undefined)).rejects.toMatchObject({
      spec: { code: 'target_of_other_source' },
    });
    await execute(from, "UPDATE auth_events SET kind = 'changed' WHERE id = 'event-00000001'");
    await expect(copyHere(to)).rejects.toMatchObject({
      spec: { code: 'copy_different' },
      values: { tables: 'auth_events' },
    });
  });

  it('reports a source that is written meanwhile, and copies the rows of the moment at which it began', async () => {
    const to = targets[2] ?? '';
    let written: Promise<void> | undefined;
    const report = () => {
      written ??= execute(from, "INSERT INTO auth_events (id, at, kind) VALUES ('later', 1, 'login')");
    };
    expect(await copyHere(to, report)).toMatchObject({ isSourceInUse: true, isResumed: false });
    await written;
    expect([await count(to), await count(from)]).toEqual([EVENTS, EVENTS + 1]);
  });
});
