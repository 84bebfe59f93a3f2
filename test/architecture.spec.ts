import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What each part may import of ours. Imports run one way: a part knows only those named before it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'libs/config': [],
  'libs/problem': [],
  'libs/crypto': ['config', 'problem'],
  'libs/database': ['config', 'problem', 'crypto'],
  'libs/redis': ['config'],
  'libs/users': ['config', 'problem', 'crypto', 'database'],
  'libs/auth': ['config', 'problem', 'crypto', 'database', 'redis', 'users'],
  'libs/weixin': ['config', 'problem', 'crypto', 'database', 'users', 'auth'],
  'libs/user-data': ['config', 'problem', 'crypto', 'database', 'users', 'auth'],
  'libs/account': ['config', 'problem', 'crypto', 'database', 'users', 'auth', 'weixin', 'user-data'],
  'apps/api': [
    'config',
    'problem',
    'crypto',
    'database',
    'redis',
    'users',
    'auth',
    'weixin',
    'user-data',
    'account',
  ],
  'apps/sandbox': [],
  miniprogram: [],
};

interface Import {
  file: string;
  specifier: string;
}

/** Every specifier of a static, dynamic or type import, and of a re-export, in the sources below a folder. */
function importsBelow(folder: string): Import[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]s$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name).split(sep).join('/'))
    .flatMap((file) =>
      importsOf(readFileSync(join(ROOT, file), 'utf8')).map((specifier) => ({ file, specifier })),
    );
}

function importsOf(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push((node.moduleSpecifier as ts.StringLiteral).text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      found.push(argument && ts.isStringLiteralLike(argument) ? argument.text : '(computed)');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push((node.argument.literal as ts.StringLiteral).text);
    } else if (ts.isCallExpression(node) && node.expression.getText() === 'require') {
      found.push('(require)');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

const describeImport = ({ file, specifier }: Import) => `${file} imports ${specifier}`;
const isRelative = ({ specifier }: Import) => specifier.startsWith('.');
const isOurs = ({ specifier }: Import) => specifier.startsWith('@app/');

describe('the reader of imports', () => {
  it('sees every way to import', () => {
    const source = `
      import a from './a.js'; import './b.js'; export * from './c.js'; export { d } from './d.js';
      const e = await import('./e.js'); type F = import('./f.js').F; const g = require('./g.js'); import(h);`;
    expect(importsOf(source)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `./${name}.js`).concat('(require)', '(computed)'),
    );
  });
});

describe('the architecture', () => {
  it('knows every lib and every app', () => {
    const folders = ['libs', 'apps'].flatMap((top) =>
      readdirSync(join(ROOT, top)).map((name) => `${top}/${name}`),
    );
    expect(folders.sort()).toEqual(
      Object.keys(MAY_IMPORT)
        .filter((name) => name !== 'miniprogram')
        .sort(),
    );
  });

  it.each(Object.entries(MAY_IMPORT))('%s imports of ours only %j', (part, allowed) => {
    const wrong = importsBelow(part)
      .filter(isOurs)
      .filter(({ specifier }) => !allowed.some((lib) => specifier === `@app/${lib}`));
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT))('no relative path leaves %s', (part) => {
    const leaving = importsBelow(part)
      .filter(isRelative)
      .filter(
        ({ file, specifier }) =>
          !normalize(join(dirname(file), specifier))
            .split(sep)
            .join('/')
            .startsWith(`${part}/`),
      );
    expect(leaving.map(describeImport)).toEqual([]);
  });

  it('nothing is required or imported by a computed name', () => {
    const hidden = Object.keys(MAY_IMPORT)
      .flatMap(importsBelow)
      .filter(({ specifier }) => specifier === '(computed)' || specifier === '(require)');
    expect(hidden.map(describeImport)).toEqual([]);
  });

  it('the mini-program imports nothing but itself', () => {
    expect(
      importsBelow('miniprogram')
        .filter((one) => !isRelative(one))
        .map(describeImport),
    ).toEqual([]);
  });

  it.each([
    ['apps/sandbox/server', /^(node:|fastify$|vitest$)/],
    ['apps/sandbox/test', /^(node:|vitest$)/],
    ['apps/sandbox/phone', /^(glass-easel$|glass-easel-miniprogram-adapter$|mini-program:code$)/],
  ])('%s knows no framework of the service', (part, allowed) => {
    const wrong = importsBelow(part).filter((one) => !isRelative(one) && !allowed.test(one.specifier));
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it('only libs/config reads the environment, and only where a process begins is it handed over', () => {
    const readers = Object.keys(MAY_IMPORT)
      .flatMap((part) =>
        readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name)),
      )
      .filter(
        (file) => file.endsWith('.ts') && readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
      );
    expect(readers.map((file) => file.split(sep).join('/')).sort()).toEqual([
      'apps/api/src/cli/context.ts',
      'apps/api/src/main.ts',
      'apps/sandbox/server/main.ts',
    ]);
  });

  it('no circle is papered over with forwardRef', () => {
    const files = Object.keys(MAY_IMPORT).flatMap((part) =>
      readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(ROOT, part, name),
      ),
    );
    const guilty = files.filter(
      (file) => file.endsWith('.ts') && readFileSync(file, 'utf8').includes('forwardRef'),
    );
    expect(guilty).toEqual([]);
  });
});
