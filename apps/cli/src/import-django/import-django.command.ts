import { writeFileSync } from 'node:fs';
import { Database } from '@app/database';
import { WeixinAppsService } from '@app/weixin-api';
import { columns } from '../program/columns.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import type { Translate } from '../program/translate.js';
import { DjangoDatabase } from './django-database.js';
import { importDjango as importFrom, type ImportReport } from './import-django.js';

const MEMBERS = {
  dry_run: { en: 'true if nothing was changed', zh: '是否为试运行（未做任何更改）' },
  people: { en: 'people in Django', zh: 'Django 中的用户' },
  users_added: { en: 'users added', zh: '新增用户' },
  users_known: { en: 'users here already', zh: '已存在的用户' },
  documents_added: { en: 'documents added', zh: '新增文档' },
  skipped: { en: 'usernames of staff, or not an openid', zh: '管理员，或用户名不是 openid' },
  set_aside: { en: 'items set aside (openid, reason)', zh: '未能导入的 items（openid、reason）' },
};

const ASIDE = 'import-django-aside.jsonl';
const DRY_RUN = { en: 'Dry run: nothing was changed.', zh: '试运行，未做任何更改。' };
const IMPORTED = { en: 'Imported.', zh: '导入完成。' };

interface Options {
  readonly dryRun?: true;
  readonly appid?: string;
  readonly profileTable?: string;
  readonly aside?: string;
}

/** `passport import-django`. */
export const importDjango: CommandSpec<Options> = {
  name: 'import-django',
  summary: {
    en: "Imports the users and items of the tutorial's Django project. Safe to repeat.",
    zh: '导入教程中 Django 项目的用户及其 items，可重复执行',
  },
  arguments: [['<file>', { en: 'SQLite file of the Django project', zh: 'Django 项目的 SQLite 文件' }]],
  options: [
    ['--dry-run', { en: 'counts and changes nothing', zh: '只统计，不做更改' }],
    [
      '--appid <appid>',
      { en: 'mini-program of the openids; default: the first app', zh: 'openid 所属的小程序；默认为第一个' },
    ],
    [
      '--profile-table <table>',
      {
        en: 'table with user_id and items; default: …_profile',
        zh: '含 user_id 和 items 的表；默认为 …_profile',
      },
    ],
    [
      '--aside <file>',
      {
        en: 'file for items that become no document; default: import-django-aside.jsonl',
        zh: '存放未能导入的 items 的文件；默认为 import-django-aside.jsonl',
      },
    ],
  ],
  examples: ['../mysite/db.sqlite3 --dry-run', '../mysite/db.sqlite3 --appid wx0123456789abcdef'],
  members: MEMBERS,
  failure: { en: 'the file cannot be read, or the import stopped', zh: '无法读取文件，或导入中断' },
  run: ({ env, t }, [file = ''], { appid: wanted, profileTable, aside: path = ASIDE, dryRun = false }) =>
    inService(env, async (get) => {
      const { appid } = get(WeixinAppsService).get(wanted);
      const django = await DjangoDatabase.open(file, profileTable);
      try {
        const report = await importFrom(django, get(Database), { appid, dryRun });
        if (report.aside.length > 0 && !dryRun)
          writeFileSync(
            path,
            report.aside.map((one) => `${JSON.stringify({ ...one, reason: one.reason.en })}\n`).join(''),
          );
        return { json: jsonOf(report, dryRun), text: describe(report, dryRun, path, t) };
      } finally {
        await django.close();
      }
    }),
};

const jsonOf = ({ people, usersAdded, documentsAdded, skipped, aside }: ImportReport, dryRun: boolean) => ({
  dry_run: dryRun,
  people,
  users_added: usersAdded,
  users_known: people - usersAdded,
  documents_added: documentsAdded,
  skipped,
  set_aside: aside.map(({ openid, reason }) => ({ openid, reason: reason.en })),
});

function describe(report: ImportReport, dryRun: boolean, path: string, t: Translate): string {
  const { aside, skipped } = report;
  const notes: Readonly<Record<string, string>> = {
    skipped: skipped.slice(0, 5).join(', ') + (skipped.length > 5 ? ', …' : ''),
    set_aside: aside.length > 0 && !dryRun ? path : '',
  };
  const rows = Object.entries(jsonOf(report, dryRun))
    .filter(([name]) => name !== 'dry_run')
    .map(([name, value]) => [
      t(MEMBERS[name as keyof typeof MEMBERS]),
      String(Array.isArray(value) ? value.length : value),
      notes[name] ?? '',
    ]);
  const reasons = aside.slice(0, 5).map(({ openid, reason }) => `  ${openid}: ${t(reason)}`);
  return [t(dryRun ? DRY_RUN : IMPORTED), columns(rows), ...reasons].join('\n');
}
