import { readFileSync } from 'node:fs';
import { format } from 'prettier';

/**
 * @typedef {{errcode: number, answered: 'call' | 'fault', checked: ('document' | 'seen' | 'sdk')[]}} Row
 * @typedef {{method: string, path: string, document: string, errcodes: Row[]}} Endpoint
 * @typedef {{en: string, zh: string}} Text
 * @typedef {{endpoints: Endpoint[], differences: Text[]}} Fidelity
 */

const TEXTS = {
  en: {
    head: `# How true the sandbox is

English | [简体中文](zh-CN/fidelity.md)

Generated from \`docs/fidelity.json\` by \`npm run docs\`. A test makes the [sandbox](sandbox.md) answer each row of these tables.

- **Answered**: _call_: the sandbox answers it when a call is wrong in this way. _fault_: only if \`PUT /sandbox/faults\` asks for it.
- **document**: the errcode is in WeChat's page of the API or in its [table of error codes](https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html).
- **real body**: a developer published an answer with it, of this API or of one with the same form of \`errmsg\`. This project's tests contain it.
- **SDK**: \`node-easywechat\`, written for WeChat, meets it in the sandbox in a test.

## Error codes`,
    columns: '| errcode | errmsg | answered | checked |',
    answered: { call: 'call', fault: 'fault' },
    checked: { document: 'document', seen: 'real body', sdk: 'SDK' },
    source: 'WeChat’s page',
    differences: '## What the sandbox does not imitate',
    comma: ', ',
  },
  zh: {
    head: `# 沙箱的仿真程度

[English](../fidelity.md) | 简体中文

由 \`npm run docs\` 根据 \`docs/fidelity.json\` 生成。测试会让[沙箱](sandbox.md)逐行返回下表中的错误。

- **触发方式**：_调用_：调用有这种错误时沙箱自行返回。_故障_：只在 \`PUT /sandbox/faults\` 指定时返回。
- **文档**：该 errcode 见于微信的接口文档或[全局错误码表](https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html)。
- **真实响应**：有开发者公开过微信返回的内容，出自该接口或 \`errmsg\` 格式相同的接口，本项目的测试收录了原文。
- **SDK**：为微信编写的 \`node-easywechat\` 在测试中从沙箱得到了它。

## 错误码`,
    columns: '| errcode | errmsg | 触发方式 | 核对依据 |',
    answered: { call: '调用', fault: '故障' },
    checked: { document: '文档', seen: '真实响应', sdk: 'SDK' },
    source: '微信文档',
    differences: '## 沙箱没有模拟的内容',
    comma: '、',
  },
};

/**
 * Returns the page on the sandbox's fidelity, made from docs/fidelity.json.
 * @param {'en' | 'zh'} language
 * @param {Readonly<Record<number, string>>} wordings the texts of the sandbox by errcode
 */
export async function renderFidelity(language, wordings) {
  const { head, columns, answered, checked, source, differences, comma } = TEXTS[language];
  /** @type {Fidelity} */
  const fidelity = JSON.parse(readFileSync(new URL('../docs/fidelity.json', import.meta.url), 'utf8'));
  const tables = fidelity.endpoints.map(({ method, path, document, errcodes }) => {
    const rows = errcodes.map(
      (row) =>
        `| ${row.errcode} | \`${wordings[row.errcode]}\` | ${answered[row.answered]} | ${row.checked.map((way) => checked[way]).join(comma)} |`,
    );
    const table = [columns, '| ---: | --- | --- | --- |', ...rows].join('\n');
    return `### \`${method} ${path}\`\n\n[${source}](${document})\n\n${table}`;
  });
  const list = fidelity.differences.map((text) => `- ${text[language]}`).join('\n');
  return format([head, ...tables, differences, list].join('\n\n'), { parser: 'markdown' });
}
