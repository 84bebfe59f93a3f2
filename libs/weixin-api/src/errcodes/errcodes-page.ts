import { WEIXIN_ERRCODES } from './weixin-errcodes.js';

/** The Markdown of every errcode, for the end of `docs/errors.md`: cause and fix, in English and Chinese. */
export function renderErrcodes(): string {
  const sections = Object.entries(WEIXIN_ERRCODES)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(
      ([errcode, { code, errmsg, cause, fix }]) => `### ${errcode} ${errmsg}

Answered as \`${code}\`.

- Cause: ${cause.en}
- Fix: ${fix.en}
- 原因：${cause.zh}
- 解决：${fix.zh}
`,
    );
  return `## WeChat's errcodes

What WeChat answers under status 200. \`weixin_errcode\` in a problem and \`errcode\` in the log name it; \`weixin_rid\` is what
WeChat's support asks for. Any other errcode is answered as \`weixin_unavailable\`. 微信返回的 errcode 及其处理办法。

${sections.join('\n')}`;
}
