import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { MAY_IMPORT } from '../architecture.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  file: string;
  specifier: string;
}

/** Every file below a folder, with its path from the root of the repository. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).split(sep).join('/'))
    .filter((file) => !/\/(node_modules|miniprogram_npm|dist)\//.test(file));
}

/** The sources of every part, with the specifiers of their imports; read once for all rules. */
const SOURCES: ReadonlyMap<string, readonly string[]> = new Map(
  ['apps', 'libs', 'packages', 'miniprogram']
    .filter((top) => existsSync(join(ROOT, top)))
    .flatMap(filesBelow)
    .filter((file) => /\.[cm]?[jt]s$/.test(file))
    .map((file) => [file, importsOf(readFileSync(join(ROOT, file), 'utf8'))]),
);

/** Every specifier of a static, dynamic or type import, and of a re-export, in the sources below a folder. */
function importsBelow(folder: string): Import[] {
  return [...SOURCES]
    .filter(([file]) => file.startsWith(`${folder}/`))
    .flatMap(([file, specifiers]) => specifiers.map((specifier) => ({ file, specifier })));
}

/** The file of ours that an import loads; undefined for a package. */
function targetOf({ file, specifier }: Import): string | undefined {
  const path = specifier.startsWith('@app/')
    ? `${specifier === '@app/api' ? 'apps' : 'libs'}/${specifier.slice('@app/'.length)}/src/index.ts`
    : normalize(join(dirname(file), specifier))
        .split(sep)
        .join('/');
  const candidates = [path, path.replace(/\.js$/, '.ts'), `${path}.ts`, `${path}/index.ts`];
  return isRelative({ file, specifier }) || isOurs({ file, specifier })
    ? candidates.find((candidate) => SOURCES.has(candidate))
    : undefined;
}

/** The circles among files, each as the list of its files; a file of several circles is in one of them. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file]);
    if (path.includes(file) || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
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

describe('the search for circular imports', () => {
  it('finds a circle however it is entered, and a file that imports itself', () => {
    const imports = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['b']],
      ['d', ['d', 'c']],
    ]);
    expect(circlesOf(imports)).toEqual([
      ['b', 'c', 'b'],
      ['d', 'd'],
    ]);
  });
});

describe('the architecture', () => {
  it('knows every lib, every app and every package', () => {
    const folders = ['libs', 'apps', 'packages'].flatMap((top) =>
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

  it('no file imports itself through others, type-only imports included', () => {
    const targets = [...SOURCES].map(([file, specifiers]) => {
      const found = specifiers.flatMap((specifier) => targetOf({ file, specifier }) ?? []);
      return [file, found] as const;
    });
    expect(circlesOf(new Map(targets)).map((circle) => circle.join(' → '))).toEqual([]);
  });

  it('every relative import names a file', () => {
    const lost = [...SOURCES]
      .flatMap(([file, specifiers]) => specifiers.map((specifier) => ({ file, specifier })))
      .filter((one) => isRelative(one) && targetOf(one) === undefined);
    expect(lost.map(describeImport)).toEqual([]);
  });

  it.each([
    ['apps/sandbox/server', 'state', []],
    ['apps/sandbox/server', 'weixin', ['state']],
    ['apps/sandbox/server', 'trace', ['state', 'weixin']],
    ['apps/sandbox/server', 'control', ['state', 'weixin', 'trace']],
    ['libs/auth/src', 'keys', []],
    ['libs/auth/src', 'tokens', ['keys']],
    ['libs/auth/src', 'sessions', ['keys', 'tokens']],
    ['libs/auth/src', 'guard', ['keys', 'tokens', 'sessions']],
  ])('%s/%s imports of its sibling folders only %j', (parent, folder, allowed) => {
    const wrong = importsBelow(`${parent}/${folder}`)
      .filter(({ file }) => !file.endsWith('.spec.ts'))
      .filter((one) => {
        const [sibling, inside] = targetOf(one)?.replace(`${parent}/`, '').split('/') ?? [];
        return (
          targetOf(one)?.startsWith(`${parent}/`) && inside && ![folder, ...allowed].includes(sibling ?? '')
        );
      });
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it('nothing is required or imported by a computed name', () => {
    const hidden = Object.keys(MAY_IMPORT)
      .flatMap(importsBelow)
      .filter(({ specifier }) => specifier === '(computed)' || specifier === '(require)');
    expect(hidden.map(describeImport)).toEqual([]);
  });

  it.each([
    ['miniprogram', /^weapp-passport-client(\/explain)?$/],
    ['packages/client', /^$/],
  ])('%s imports nothing but itself and %s', (part, allowed) => {
    const wrong = importsBelow(part).filter((one) => !isRelative(one) && !allowed.test(one.specifier));
    expect(wrong.map(describeImport)).toEqual([]);
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
      .flatMap(filesBelow)
      .filter(
        (file) => file.endsWith('.ts') && readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
      );
    expect(readers.sort()).toEqual([
      'apps/api/src/main.ts',
      'apps/cli/src/context.ts',
      'apps/sandbox/server/main.ts',
    ]);
  });

  it('no module uses forwardRef', () => {
    const guilty = [...SOURCES.keys()].filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('forwardRef'),
    );
    expect(guilty).toEqual([]);
  });
});
