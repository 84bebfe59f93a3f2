import { readFile } from 'node:fs/promises';
import { LedgerReplayService } from '@app/deletion';
import { CliError, type ErrorSpec } from '../program/cli-error.js';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';

const LEDGER_UNREADABLE: ErrorSpec = {
  code: 'ledger_unreadable',
  en: 'A ledger cannot be read: {reason}.\nName the files of DELETION_LEDGER of all instances.',
  zh: '无法读取注销台账：{reason}。\n请列出所有实例的 DELETION_LEDGER 文件。',
};

/** `passport users replay-deletions`. */
export const replayDeletions: CommandSpec = {
  name: 'replay-deletions',
  summary: {
    en: 'After a restored backup: erases again who was erased, restores pending and cancelled deletions',
    zh: '恢复备份之后：重新清除已注销的用户，恢复待执行和已撤销的注销',
  },
  arguments: [['<files...>', { en: 'the ledgers of all instances', zh: '所有实例的注销台账' }]],
  examples: ['data/deletions.jsonl'],
  members: {
    erased: { en: 'users erased again', zh: '重新清除的用户数' },
    requested: { en: 'pending deletions restored', zh: '恢复的待执行注销数' },
    cancelled: { en: 'cancelled deletions restored', zh: '恢复的已撤销注销数' },
    unconfirmed: {
      en: 'requests that were perhaps not committed: not restored',
      zh: '可能未提交的注销申请数：不恢复',
    },
    unreadable: { en: 'lines that are no entries', zh: '无法识别的行数' },
  },
  failure: {
    en: 'a file cannot be read, or has lines that are no entries',
    zh: '文件无法读取，或含有无法识别的行',
  },
  async run({ env }, files) {
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8'))).catch((error: unknown) => {
      throw new CliError(LEDGER_UNREADABLE, { reason: (error as Error).message });
    });
    const lines = texts.flatMap((text) => text.split('\n'));
    const done = await inService(env, (get) => get(LedgerReplayService).replay(lines));
    return { json: { ...done }, exitCode: done.unreadable > 0 ? 1 : 0 };
  },
};
