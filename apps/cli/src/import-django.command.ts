import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DjangoDatabase } from './import-django/django-database.js';
import { importDjango, type ImportReport } from './import-django/import-django.js';
import { Database } from '@app/database';
import { WeixinAppsService } from '@app/weixin-api';
import { type Command, insideService } from './context.js';

const USAGE = `npm run import:django -- <db.sqlite3> [options]

Takes over the users (auth_user.username is the openid) and the items of their profiles. Repeat it as often as you like.

  --dry-run               says what it would do, and does nothing
  --appid <appid>         the mini-program the openids are of; default: the first of WEIXIN_APPS
  --profile-table <name>  where user_id and items are; default: the table whose name ends with _profile
  --aside <file>          gets the items that become no document; default: import-django-aside.jsonl`;

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  appid: { type: 'string' },
  'profile-table': { type: 'string' },
  aside: { type: 'string', default: 'import-django-aside.jsonl' },
} as const;

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [file, ...rest] = positionals;
    return file !== undefined && rest.length === 0 ? { file, ...values } : undefined;
  } catch {
    return undefined;
  }
}

function describe(report: ImportReport, dryRun: boolean, asideFile: string): string {
  const { people, usersAdded, documentsAdded, skipped, aside } = report;
  const some = skipped.slice(0, 5).join(', ') + (skipped.length > 5 ? ', …' : '');
  return [
    dryRun ? 'Dry run: nothing was changed.' : 'Imported.',
    `  people in Django       ${people}`,
    `  users added            ${usersAdded}`,
    `  users here already     ${people - usersAdded}`,
    `  documents added        ${documentsAdded}`,
    `  not people of WeChat   ${skipped.length}${some && `  (staff, or no openid: ${some})`}`,
    `  items kept aside       ${aside.length}${aside.length > 0 && !dryRun ? `  (${asideFile})` : ''}`,
    ...aside.slice(0, 5).map(({ openid, reason }) => `    ${openid}: ${reason}`),
  ].join('\n');
}

/** `npm run import:django`. */
export const importFromDjango: Command = async (env, args) => {
  const given = read(args);
  if (!given) return { exitCode: 2, text: USAGE };
  return insideService(env, async (app) => {
    const { appid } = app.get(WeixinAppsService, { strict: false }).get(given.appid);
    const dryRun = given['dry-run'];
    const django = await DjangoDatabase.open(given.file, given['profile-table']);
    try {
      const report = await importDjango(django, app.get(Database, { strict: false }), { appid, dryRun });
      if (report.aside.length > 0 && !dryRun)
        writeFileSync(given.aside, report.aside.map((one) => `${JSON.stringify(one)}\n`).join(''));
      return { exitCode: 0, text: describe(report, dryRun, given.aside) };
    } finally {
      django.close();
    }
  });
};
