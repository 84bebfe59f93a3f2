import { VARIABLES } from './variables/variables.js';

/** The Markdown of `docs/config.md`: one row for every variable of the schema. */
export function renderConfigPage(): string {
  const rows = Object.entries(VARIABLES).map(([name, { default: plain, docs, desc = '' }]) => {
    const standard = docs ?? (typeof plain === 'string' ? `\`${plain}\`` : `\`${JSON.stringify(plain)}\``);
    return `| \`${name}\` | ${standard} | ${desc} |`;
  });
  return `# Configuration

Generated from \`libs/config/src/variables/\` by \`npm run docs\`. The service reads the environment and nothing else, once, at
start. It refuses to start on a value it does not understand and names every such variable at once, never its value. An
empty value counts as not set. A \`WEIXIN_*\` or \`JWT_*\` name that nothing reads is warned of.

| name | default | meaning |
| --- | --- | --- |
${rows.join('\n')}
`;
}
