import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../apps/cli/src/run.js';
import { WORDS } from '../../scripts/start/words.mjs';
import { ranHere } from '../support/command.js';
import { ROOT } from '../support/process.js';

const CHINESE = /[\u4e00-\u9fff]/;
const LANGUAGES = ['en', 'zh'] as const;
/** Every command line that has a help page. */
const PATHS = [
  [],
  ...COMMANDS.flatMap((entry) => [
    [entry.name],
    ...('commands' in entry ? entry.commands.map(({ name }) => [entry.name, name]) : []),
  ]),
];

/** The texts of the sources in both languages: object literals with `en` or `zh`. */
function textsOf(file: string): Record<string, string>[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Record<string, string>[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const members = node.properties.filter(ts.isPropertyAssignment);
      const texts = members.map((member) => [member.name.getText(), member.initializer.getText()] as const);
      const languages = texts.filter(([name]) => name === 'en' || name === 'zh');
      if (languages.length > 0) found.push({ file, ...Object.fromEntries(languages) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const TEXTS = ['apps/cli/src', 'scripts']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((file) => /(?<!\.spec)\.(ts|mjs)$/.test(file))
  .flatMap(textsOf);

describe('the texts of the command line', () => {
  it('exist in both languages, with the same placeholders', () => {
    expect(TEXTS.length).toBeGreaterThan(100);
    const placeholders = (text = '') => [...new Set(text.match(/\{\w+\}/g))].sort();
    const wrong = TEXTS.filter(({ en, zh }) => {
      // A name, or placeholders only.
      const isName = en === zh || /^(\S+|\W*)$/.test(en?.replace(/\{\w+\}/g, '') ?? '');
      return (
        !en || !zh || !(CHINESE.test(zh) || isName) || String(placeholders(en)) !== String(placeholders(zh))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('are those of npm start too', () => {
    expect(Object.keys(WORDS.zh)).toEqual(Object.keys(WORDS.en));
  });
});

describe('the language of the terminal', () => {
  it.each([
    ['zh', { LANG: 'zh_CN.UTF-8' }],
    ['zh', { LC_MESSAGES: 'zh_TW', LANG: 'en_US.UTF-8' }],
    ['zh', { LC_ALL: 'zh-Hans', LC_MESSAGES: 'C' }],
    ['en', { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }],
    ['zh', { LC_ALL: '', LANG: 'zh_CN.UTF-8' }],
    ['en', { LANG: 'de_DE.UTF-8' }],
    ['en', {}],
  ])('is %s with %j', async (language, env) => {
    const { stderr } = await ranHere(env, 'explode');
    expect(stderr).toContain(
      language === 'zh' ? '没有命令“explode”。\n' : 'There is no command "explode".\n',
    );
  });

  it.each(PATHS)('decides the help of passport %s %s', async (...path) => {
    const argv = [...path, '--help'];
    const [en, zh] = await Promise.all(LANGUAGES.map((LANG) => ranHere({ LANG }, ...argv)));
    expect([en?.code, zh?.code]).toEqual([0, 0]);
    expect(en?.stdout).not.toMatch(CHINESE);
    // Every line has Chinese text, or is a name, an example or the usage.
    const untranslated = zh?.stdout.split('\n').filter((line) => !CHINESE.test(line));
    for (const line of untranslated ?? [])
      expect(line).toMatch(/^$|^ {2}npm run passport -- |^ *[\w.[\]-]+ +[\w.-]+$|^ {20,}\S/);
  });
});
