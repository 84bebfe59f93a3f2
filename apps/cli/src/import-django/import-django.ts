import type { Database } from '@app/database';
import type { DjangoDatabase } from './django-database.js';
import { type DjangoPerson, personOf, type SetAside } from './django-person.js';
import { insertRows, missingRows } from './import-people.js';

/** People of one write: short enough that logins do not wait for it. */
const BATCH = 100;

/** What an import did, or would do in a dry run. */
export interface ImportReport {
  people: number;
  usersAdded: number;
  documentsAdded: number;
  /** Usernames that are no openid, and those of staff. */
  readonly skipped: string[];
  readonly aside: SetAside[];
}

/** How to import. */
export interface ImportOptions {
  /** The mini-program of the openids. */
  readonly appid: string;
  /** Changes nothing. */
  readonly dryRun: boolean;
}

/**
 * Imports the users and the items of the tutorial's Django project. Adds what is missing and changes no existing row: it may
 * be repeated, interrupted, and run while the service runs.
 */
export async function importDjango(
  django: DjangoDatabase,
  database: Database,
  { appid, dryRun }: ImportOptions,
): Promise<ImportReport> {
  const report: ImportReport = { people: 0, usersAdded: 0, documentsAdded: 0, skipped: [], aside: [] };
  for await (const rows of django.batches(BATCH)) {
    const people: DjangoPerson[] = [];
    for (const row of rows) {
      const read = personOf(row);
      if (read) people.push(read.person);
      else report.skipped.push(row.username);
      if (read?.aside) report.aside.push(read.aside);
    }
    const added = await database.write(async (manager) => {
      const missing = await missingRows(manager, appid, people);
      if (!dryRun) await insertRows(manager, missing);
      return { users: missing.users.length, documents: missing.documents.length };
    });
    report.people += people.length;
    report.usersAdded += added.users;
    report.documentsAdded += added.documents;
  }
  return report;
}
