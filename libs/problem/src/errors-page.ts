import { membersOf, type ProblemCode, PROBLEMS } from './table/problems.js';

const WORDS = {
  en: {
    introduction: `# Errors

English | [简体中文](zh-CN/errors.md)

Generated from \`libs/problem/src/table/\`, \`libs/weixin-api/src/errcodes/\` and \`libs/doctor/src/\` by \`npm run docs\`.

Every error is \`application/problem+json\` (RFC 9457). Programs decide by \`code\`, which never changes its meaning. Show users your
own words, not \`title\`. \`instance\` identifies the occurrence in the log.`,
    cause: 'Cause: ',
    fix: 'Fix: ',
    members: 'Members: ',
    semicolon: '; ',
    stop: '.',
  },
  zh: {
    introduction: `# 错误码

[English](../errors.md) | 简体中文

由 \`npm run docs\` 根据 \`libs/problem/src/table/\`、\`libs/weixin-api/src/errcodes/\` 和 \`libs/doctor/src/\` 生成。

所有错误都是 \`application/problem+json\`（RFC 9457）。程序请依据 \`code\` 判断，其含义永不改变；给用户看的提示请自行编写，不要直接显示 \`title\`。凭 \`instance\` 可以在日志中找到这次请求。`,
    cause: '原因：',
    fix: '解决：',
    members: '附加字段：',
    semicolon: '；',
    stop: '。',
  },
} as const;

type Language = keyof typeof WORDS;

/** Returns the first part of `docs/errors.md` or `docs/zh-CN/errors.md`: cause and fix of every code. */
export function renderErrorsPage(language: Language): string {
  const words = WORDS[language];
  const sections = Object.entries(PROBLEMS).map(
    ([code, { status, title, cause, fix }]) => `## \`${code}\` (${status})

${title[language]}${words.stop}

- ${words.cause}${cause[language]}
- ${words.fix}${fix[language]}
${membersLine(code as ProblemCode, language)}`,
  );
  return `${words.introduction}\n\n${sections.join('\n')}`;
}

function membersLine(code: ProblemCode, language: Language): string {
  const members = Object.entries(membersOf(code)).map(([name, texts]) => `\`${name}\` ${texts[language]}`);
  const { members: label, semicolon, stop } = WORDS[language];
  return members.length === 0 ? '' : `- ${label}${members.join(semicolon)}${stop}\n`;
}
