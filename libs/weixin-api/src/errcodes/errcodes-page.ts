import { WEIXIN_ERRCODES } from './weixin-errcodes.js';

const WORDS = {
  en: {
    introduction: `## WeChat's errcodes

WeChat answers an error with status 200 and an errcode. A problem has it as \`weixin_errcode\`, the log as \`errcode\`. WeChat's support
asks for \`weixin_rid\`. An errcode that is not in this table is answered as \`weixin_unavailable\`.`,
    answered: (code: string) => `Answered as \`${code}\`.`,
    cause: 'Cause: ',
    fix: 'Fix: ',
  },
  zh: {
    introduction: `## 微信的 errcode

微信出错时返回状态码 200 和一个 errcode。它在错误响应中是 \`weixin_errcode\`，在日志中是 \`errcode\`；向微信反馈问题时需要提供 \`weixin_rid\`。不在表中的 errcode 一律返回 \`weixin_unavailable\`。`,
    answered: (code: string) => `返回 \`${code}\`。`,
    cause: '原因：',
    fix: '解决：',
  },
} as const;

/** Returns the part of `docs/errors.md` or `docs/zh-CN/errors.md` about errcodes: cause and fix of each. */
export function renderErrcodes(language: keyof typeof WORDS): string {
  const words = WORDS[language];
  const sections = Object.entries(WEIXIN_ERRCODES)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(
      ([errcode, { code, errmsg, cause, fix }]) => `### ${errcode} ${errmsg}

${words.answered(code)}

- ${words.cause}${cause[language]}
- ${words.fix}${fix[language]}
`,
    );
  return `${words.introduction}\n\n${sections.join('\n')}`;
}
