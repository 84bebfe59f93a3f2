import { describe, expect, it } from 'vitest';
import { MAY_IMPORT } from '../../architecture.js';
import { exists, splitCode, textOf } from './pages.js';

const PAGE = 'docs/architecture.md';
const { prose, blocks } = splitCode(textOf(PAGE));

/** The layers of architecture.js, the last first: libs that may import the same are one layer. */
function layers(): string[] {
  const byImports = new Map<string, string[]>();
  for (const [folder, imports] of Object.entries(MAY_IMPORT)) {
    if (!folder.startsWith('libs/')) continue;
    const key = imports.join();
    byImports.set(key, [...(byImports.get(key) ?? []), folder.replace('libs/', '')]);
  }
  return [...byImports.values()].map((libs) => libs.join(' · ')).reverse();
}

describe(PAGE, () => {
  it('names only files and folders that exist', () => {
    const tops = '(?:apps|bench|deploy|docs|examples|features|libs|packages|scripts|test)';
    const named = Array.from(
      prose.matchAll(new RegExp(`\`(${tops}(?:/[\\w.-]+)*)\``, 'g')),
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !exists(path))).toEqual([]);
  });

  it('draws the layers of architecture.js, the last first', () => {
    const drawn = Array.from(blocks[0]?.code.matchAll(/\["([^"]+)"\]/g) ?? [], ([, label = '']) => label);
    expect(drawn.filter((label) => !/^(apps|features|packages|miniprogram)/.test(label))).toEqual(layers());
  });

  it('has a row for every part of architecture.js', () => {
    for (const part of Object.keys(MAY_IMPORT)) expect(prose).toContain(`\n| \`${part}\` `);
  });
});
