import { VARIABLES } from './variables/variables.js';
import { VARIABLES_ZH } from './variables/variables-zh.js';

const INTRODUCTION = {
  en: `# Configuration

English | [简体中文](zh-CN/config.md)

Generated from \`libs/config/src/variables/\` by \`npm run docs\`. The service reads its settings from the environment only, once, at
the start. If a value is not valid, the service refuses to start and names every such variable, but never a value. An empty value
counts as not set. The service logs a warning for every \`WEIXIN_*\` and \`JWT_*\` variable that it does not know.

| name | default | meaning |
| --- | --- | --- |`,
  zh: `# 配置

[English](../config.md) | 简体中文

由 \`npm run docs\` 根据 \`libs/config/src/variables/\` 生成。服务只在启动时读取一次环境变量，不读取其他配置。取值无效时拒绝启动，并一次列出所有有问题的变量名，但绝不输出其值。空值等同于未设置。遇到不认识的 \`WEIXIN_*\`、\`JWT_*\` 变量时，会在日志中告警。

| 变量 | 默认值 | 含义 |
| --- | --- | --- |`,
} as const;

/** Returns the Markdown of `docs/config.md` or `docs/zh-CN/config.md`: one row for every variable of the schema. */
export function renderConfigPage(language: keyof typeof INTRODUCTION): string {
  const rows = Object.entries(VARIABLES).map(([name, variable]) => {
    const { docs, desc = '' } = language === 'zh' ? VARIABLES_ZH[name as keyof typeof VARIABLES] : variable;
    return `| \`${name}\` | ${docs ?? plainDefault(variable.default)} | ${desc} |`;
  });
  return `${INTRODUCTION[language]}\n${rows.join('\n')}\n`;
}

const plainDefault = (value: unknown) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
