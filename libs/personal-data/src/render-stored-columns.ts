import type { PersonalDataHandler } from './personal-data-handler.js';
import type { Protection, StoredColumns, TextLanguage } from './stored-columns.js';

const UNTIL_ERASURE = { en: 'erasure', zh: '用户被清除' };

const PROTECTIONS: Readonly<Record<Protection, Readonly<Record<TextLanguage, string>>>> = {
  sealed: { en: 'encrypted', zh: '加密' },
  hashed: { en: 'hashed', zh: '哈希' },
  masked: { en: 'masked', zh: '脱敏' },
};

const WORDS = {
  en: {
    head: '| table | columns | purpose | protection | until |\n| --- | --- | --- | --- | --- |',
    others: 'Tables without data of users: ',
    comma: ', ',
    stop: '.',
  },
  zh: {
    head: '| 数据表 | 列 | 用途 | 保护措施 | 保存到 |\n| --- | --- | --- | --- | --- |',
    others: '没有用户数据的表：',
    comma: '、',
    stop: '。',
  },
};

/**
 * Returns the Markdown of the columns of all tables for docs/personal-data.md.
 * @param handlers as `PersonalDataService.handlers`
 * @param tables the names of all tables of the service
 */
export function renderStoredColumns(
  handlers: ReadonlyMap<string, PersonalDataHandler>,
  tables: readonly string[],
  language: TextLanguage,
): string {
  const { head, others, comma, stop } = WORDS[language];
  const rows = [...handlers]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([table, { stores }]) => stores.map((stored) => row(table, stored, language)));
  const rest = tables.filter((table) => !handlers.has(table)).sort();
  return `${head}\n${rows.join('\n')}\n\n${others}${rest.map(code).join(comma)}${stop}\n`;
}

function row(table: string, stored: StoredColumns, language: TextLanguage): string {
  const { columns, purpose, protection, until = UNTIL_ERASURE } = stored;
  const cells = [
    code(table),
    columns.map(code).join(WORDS[language].comma),
    purpose[language],
    protection ? PROTECTIONS[protection][language] : '',
    until[language],
  ];
  return `| ${cells.join(' | ')} |`;
}

const code = (name: string) => `\`${name}\``;
