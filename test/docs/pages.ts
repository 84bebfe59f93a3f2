import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Returns the text of a page, by its path from the root of the repository. */
export const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** Returns every page in Markdown that a reader of the repository may open, by its path from the root. */
export function pages(): string[] {
  const below = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const top = readdirSync(ROOT);
  return [
    ...top,
    ...below('docs'),
    ...[
      'packages/client',
      'packages/nest',
      'packages/passport',
      'packages/sandbox',
      'examples/nest-shop',
      'miniprogram',
      'deploy/one-server',
      'deploy/several-servers',
      'deploy/cloud-run',
      'deploy/1panel',
    ].flatMap(readmes),
  ]
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'));
}

/** Returns the pages that exist in English and in Chinese. */
export function translatedPages(): { english: string; chinese: string }[] {
  return pages()
    .map((english) => ({
      english,
      chinese: english.startsWith('docs/')
        ? english.replace('docs/', 'docs/zh-CN/')
        : english.replace(/\.md$/, '.zh-CN.md'),
    }))
    .filter(({ chinese }) => exists(chinese));
}

/** Returns whether a path from the root of the repository exists. */
export const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** Returns the text without its blocks of code, and the blocks. */
export function splitCode(text: string): { prose: string; blocks: { language: string; code: string }[] } {
  const block = /^```(\w*)\n(.*?)^```$/gms;
  return {
    prose: text.replace(block, ''),
    blocks: [...text.matchAll(block)].map(([, language = '', code = '']) => ({ language, code })),
  };
}

/** Returns the blocks of commands below a heading of a page, word for word. */
export function commandsOf(page: string, heading: string): string[] {
  const text = textOf(page);
  const [title = '', marks = ''] = new RegExp(`^(#+) ${heading}$`, 'm').exec(text) ?? [];
  if (title === '') throw new Error(`${page} has no section ${heading}`);
  const [section = ''] = (text.split(`${title}\n`)[1] ?? '').split(new RegExp(`^#{1,${marks.length}} `, 'm'));
  return splitCode(section)
    .blocks.filter(({ language }) => language === 'sh')
    .map(({ code }) => code);
}

function readmes(folder: string): string[] {
  return ['README.md', 'README.zh-CN.md'].map((name) => join(folder, name));
}
