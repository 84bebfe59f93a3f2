import { describe, expect, it } from 'vitest';
import { renderConfigPage } from './config-page.js';
import { VARIABLES } from './variables/variables.js';
import { VARIABLES_ZH } from './variables/variables-zh.js';

const HAN = /\p{Script=Han}/u;

describe.each(['en', 'zh'] as const)('the page of the variables in %s', (language) => {
  it('has a row for every variable', () => {
    const page = renderConfigPage(language);
    for (const name of Object.keys(VARIABLES)) expect(page).toContain(`| \`${name}\` | `);
    expect(page).not.toContain('undefined');
  });
});

describe('the texts of the variables', () => {
  it.each(Object.entries(VARIABLES))('has %s in English and in Chinese', (name, { desc, docs }) => {
    const chinese = VARIABLES_ZH[name as keyof typeof VARIABLES];
    expect(desc).toMatch(/\.$/);
    expect(desc).not.toMatch(HAN);
    expect(chinese.desc).toMatch(/。$/);
    expect(Boolean(chinese.docs), 'a default in words').toBe(Boolean(docs));
  });
});
