import { membersOf, type ProblemCode, PROBLEMS } from './table/problems.js';

/** The Markdown of `docs/errors.md`: cause and fix of every code, in English and Chinese. */
export function renderErrorsPage(): string {
  const sections = Object.entries(PROBLEMS).map(
    ([code, { status, title, cause, fix }]) => `## \`${code}\` (${status})

${title}.

- Cause: ${cause.en}
- Fix: ${fix.en}
- 原因：${cause.zh}
- 解决：${fix.zh}
${membersLines(code as ProblemCode)}`,
  );
  return `# Errors

Generated from \`libs/problem/src/table/\` and \`libs/weixin-api/src/errcodes/\` by \`npm run docs\`.

Every error is \`application/problem+json\` (RFC 9457). Decide by \`code\`, which never changes its meaning; show people your own
words, not \`title\`. \`instance\` names the occurrence in the log. 程序请依据 \`code\` 判断，其含义不会改变。

${sections.join('\n')}`;
}

function membersLines(code: ProblemCode): string {
  const members = Object.entries(membersOf(code));
  if (members.length === 0) return '';
  const [en, zh] = (['en', 'zh'] as const).map((language) =>
    members.map(([name, member]) => `\`${name}\` ${member[language]}`),
  );
  return `- Members: ${en?.join('; ')}.\n- 成员：${zh?.join('；')}。\n`;
}
