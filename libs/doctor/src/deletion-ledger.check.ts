import { constants, existsSync } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type LedgerSummary, readLedgers } from '@app/deletion';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Of Linux: the layer of a container that goes with it, and file systems in memory. */
const LOST_WITH_THE_MACHINE: ReadonlySet<number> = new Set([0x794c7630, 0x01021994, 0x858458f6]);
const READABLE_BY_OTHERS = 0o044;

/** Faults of `DELETION_LEDGER`. */
export const DELETION_LEDGER_DIAGNOSES = {
  deletion_ledger_unwritable: {
    title: { en: 'The ledger of deletions cannot be written', zh: '注销台账不可写' },
    cause: {
      en: 'The user of the service may not read and append to the file of `DELETION_LEDGER`, or may not create it. Deletions are refused with `deletion_ledger_unavailable`.',
      zh: '运行服务的用户无权读取、追加或创建 `DELETION_LEDGER` 文件，注销会以 `deletion_ledger_unavailable` 失败。',
    },
    fix: {
      en: 'Give the user of the service write permission for the file and its folder, or correct the path: unless it is absolute, it is relative to the folder in which the service starts.',
      zh: '让运行服务的用户可写该文件及其目录，或更正路径（相对路径以启动服务的目录为起点）。',
    },
  },
  deletion_ledger_replay_needed: {
    title: { en: 'Users who were erased are in the database', zh: '数据库中有已清除的用户' },
    cause: {
      en: 'The database is a backup from before their erasure. The number is that of the users.',
      zh: '数据库是清除之前的备份。括号中是用户数。',
    },
    fix: {
      en: 'Run `npm run passport -- users replay-deletions` with the ledgers of all instances before the service starts.',
      zh: '启动服务之前，用所有实例的台账执行 `npm run passport -- users replay-deletions`。',
    },
  },
  deletion_ledger_exposed: {
    title: { en: 'Others can read the ledger of deletions', zh: '其他用户可读取注销台账' },
    cause: {
      en: 'The file has the ids of users who were deleted, and its permissions let other users of this machine read it.',
      zh: '文件包含已注销用户的 id，而其权限允许本机其他用户读取。',
    },
    fix: { en: 'Run `chmod 600` on it.', zh: '执行 `chmod 600`。' },
  },
  deletion_ledger_lost_with_the_machine: {
    isHint: true,
    title: {
      en: 'The ledger of deletions is not on a persistent volume',
      zh: '注销台账不在持久化存储上',
    },
    cause: {
      en: 'The folder of `DELETION_LEDGER` is in the container or in memory, so the next container starts without it. After a restored backup, no record has the users who were erased.',
      zh: '`DELETION_LEDGER` 所在目录位于容器内部或内存中，容器重建后即丢失，恢复备份后将无从得知谁已注销。',
    },
    fix: {
      en: 'Mount a volume there, apart from the database and its backups.',
      zh: '在该目录挂载存储卷，并与数据库及其备份分开。',
    },
  },
  deletion_ledger_unreadable_lines: {
    isHint: true,
    title: { en: 'The ledger of deletions has lines that are no entries', zh: '注销台账中有无法识别的行' },
    cause: {
      en: 'After a power loss the last line may be incomplete. Otherwise another program has written to the file. The number is that of the lines.',
      zh: '断电可能使最后一行不完整；否则是其他程序写入了该文件。括号中是行数。',
    },
    fix: {
      en: 'One such line does no harm. If there are more, compare the file with its copy.',
      zh: '只有一行时无需处理；更多时请与备份的台账核对。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Checks whether deletions can be recorded, and whether the database has users whom the ledger has as erased. */
export const deletionLedgerCheck: Check<DoctorContext> = {
  title: { en: 'Ledger of deletions', zh: '注销台账' },
  async run(context) {
    const about = context.config.DELETION_LEDGER;
    const found = (name: keyof typeof DELETION_LEDGER_DIAGNOSES, detail?: string | number): Finding => ({
      diagnosis: DELETION_LEDGER_DIAGNOSES[name],
      about: detail === undefined ? about : `${about} (${detail})`,
    });
    const reason = await whyUnwritable(about);
    if (reason !== undefined) return [found('deletion_ledger_unwritable', reason)];
    const findings: Finding[] = [];
    if (context.config.NODE_ENV === 'production' && (await isLostWithTheMachine(about)))
      findings.push(found('deletion_ledger_lost_with_the_machine'));
    if (
      existsSync(about) &&
      process.platform !== 'win32' &&
      ((await stat(about)).mode & READABLE_BY_OTHERS) !== 0
    )
      findings.push(found('deletion_ledger_exposed'));
    const { latest, unreadable } = await readLedgers(about);
    if (unreadable > 0) findings.push(found('deletion_ledger_unreadable_lines', unreadable));
    const returned = await context.countUsers(erasedIn(latest));
    if (returned === undefined) return findings.length > 0 ? findings : 'unchecked';
    if (returned > 0) findings.push(found('deletion_ledger_replay_needed', returned));
    return findings;
  },
};

const erasedIn = (latest: LedgerSummary['latest']): string[] =>
  [...latest.values()].flatMap((entry) =>
    entry.action === 'erased' ? [entry.user_id, ...entry.merged_user_ids] : [],
  );

/** Returns the code of the error that an append would fail with. Creates nothing. */
async function whyUnwritable(path: string): Promise<string | undefined> {
  const { R_OK, W_OK, X_OK } = constants;
  const [target, mode] = existsSync(path) ? [path, R_OK | W_OK] : [existingFolder(path), W_OK | X_OK];
  try {
    const isFile = (await stat(target)).isFile();
    if (isFile !== (target === path)) return isFile ? 'ENOTDIR' : 'EISDIR';
    await access(target, mode);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown error';
  }
}

/** Returns the nearest folder above a path that exists. */
function existingFolder(path: string): string {
  const folder = dirname(resolve(path));
  return existsSync(folder) ? folder : existingFolder(folder);
}

async function isLostWithTheMachine(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { type } = await statfs(existsSync(path) ? path : existingFolder(path));
  return LOST_WITH_THE_MACHINE.has(type);
}
