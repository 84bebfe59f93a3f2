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

/** The syntax tree of every source; read once for all rules. */
const TREES: ReadonlyMap<string, ts.SourceFile> = new Map(
  ['apps', 'examples', 'features', 'libs', 'packages', 'miniprogram']
    .filter((top) => existsSync(join(ROOT, top)))
    .flatMap(filesBelow)
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .map((file) => [file, treeOf(readFileSync(join(ROOT, file), 'utf8'), file)]),
);

/** The sources of every part, with the specifiers of their imports. */
const SOURCES: ReadonlyMap<string, readonly string[]> = new Map(
  [...TREES].map(([file, tree]) => [file, importsOf(tree)]),
);

/** Every class with a name, in the sources of apps, libs and packages. */
const CLASSES = [...TREES]
  .filter(([file]) => !file.startsWith('miniprogram/'))
  .flatMap(([file, tree]) => classesOf(tree).map((one) => ({ file, ...one })));

/** Every specifier of a static, dynamic or type import, and of a re-export, in the sources below a folder. */
function importsBelow(folder: string): Import[] {
  return [...SOURCES]
    .filter(([file]) => file.startsWith(`${folder}/`))
    .flatMap(([file, specifiers]) => specifiers.map((specifier) => ({ file, specifier })));
}

/** The file of ours that an import loads; undefined for a package. */
function targetOf({ file, specifier }: Import): string | undefined {
  const path = specifier.startsWith('@app/')
    ? indexOf(specifier.slice('@app/'.length))
    : normalize(join(dirname(file), specifier))
        .split(sep)
        .join('/');
  const candidates = [path, ...['.ts', '.tsx', '/index.ts'].map((end) => path.replace(/\.js$/, '') + end)];
  return isRelative({ file, specifier }) || isOurs({ file, specifier })
    ? candidates.find((candidate) => SOURCES.has(candidate))
    : undefined;
}

/** The file that `@app/<name>` names. */
const indexOf = (name: string) =>
  name === 'features' ? 'features/index.ts' : `${name === 'api' ? 'apps' : 'libs'}/${name}/src/index.ts`;

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

function treeOf(source: string, file = 'source.ts'): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
}

/** The classes of a source, with the number of parameters of their constructors. */
function classesOf(tree: ts.SourceFile): { name: string; parameters: number }[] {
  const found: { name: string; parameters: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && node.name) {
      const parameters = node.members.filter(ts.isConstructorDeclaration).map((one) => one.parameters.length);
      found.push({ name: node.name.text, parameters: Math.max(0, ...parameters) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function importsOf(tree: ts.SourceFile): string[] {
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
  visit(tree);
  return found;
}

const describeImport = ({ file, specifier }: Import) => `${file} imports ${specifier}`;
const isRelative = ({ specifier }: Import) => specifier.startsWith('.');
/** The spec of a team's feature uses the real service of our tests. */
const isTestSupport = ({ file, specifier }: Import) =>
  /^(examples|features)\/.*\.spec\.ts$/.test(file) && specifier.startsWith('../../test/support/');
const isOurs = ({ specifier }: Import) => specifier.startsWith('@app/');

describe('the reader of imports', () => {
  it('sees every way to import', () => {
    const source = `
      import a from './a.js'; import './b.js'; export * from './c.js'; export { d } from './d.js';
      const e = await import('./e.js'); type F = import('./f.js').F; const g = require('./g.js'); import(h);`;
    expect(importsOf(treeOf(source))).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `./${name}.js`).concat('(require)', '(computed)'),
    );
  });
});

describe('the reader of classes', () => {
  it('counts the parameters of each constructor', () => {
    const source = 'export class A { constructor(a, private b, @C() c) {} } const d = class D extends A {};';
    expect(classesOf(treeOf(source))).toEqual([
      { name: 'A', parameters: 3 },
      { name: 'D', parameters: 0 },
    ]);
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
  it('knows every lib, every app, every example and every package', () => {
    const folders = ['libs', 'apps', 'examples', 'packages'].flatMap((top) =>
      readdirSync(join(ROOT, top)).map((name) => `${top}/${name}`),
    );
    expect(folders.sort()).toEqual(
      Object.keys(MAY_IMPORT)
        .filter((name) => name.includes('/'))
        .sort(),
    );
  });

  it.each(Object.entries(MAY_IMPORT))('%s imports of ours only %j', (part, allowed) => {
    const wrong = importsBelow(part)
      .filter(isOurs)
      .filter(({ specifier }) => !allowed.some((lib) => specifier === `@app/${lib}`));
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT))('no relative path leaves %s, but to the support of tests', (part) => {
    const leaving = importsBelow(part)
      .filter(isRelative)
      .filter((one) => !isTestSupport(one))
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
      .filter((one) => isRelative(one) && !isTestSupport(one) && targetOf(one) === undefined);
    expect(lost.map(describeImport)).toEqual([]);
  });

  it.each([
    ['apps/sandbox/server', 'state', []],
    ['apps/sandbox/server', 'clock', []],
    ['apps/sandbox/server', 'weixin', ['state']],
    ['apps/sandbox/server', 'trace', ['state', 'weixin']],
    ['apps/sandbox/server', 'push', ['state', 'trace']],
    ['apps/sandbox/server', 'control', ['state', 'weixin', 'trace', 'push']],
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
      .filter(({ specifier }) => specifier === '(computed)' || specifier === '(require)')
      // Compiles a mini-program with packages that the image of the service does not have.
      .filter(({ file }) => file !== 'apps/sandbox/server/own-phone.ts');
    expect(hidden.map(describeImport)).toEqual([]);
  });

  it.each([
    ['miniprogram', /^weapp-passport-client(\/explain)?$/],
    ['packages/client', /^$/],
    ['packages/nest', /^(@nestjs\/(common|core)|jose|node:http)$/],
  ])('%s imports nothing but itself and %s', (part, allowed) => {
    const wrong = importsBelow(part).filter((one) => !isRelative(one) && !allowed.test(one.specifier));
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it.each([
    ['apps/sandbox/server', /^(node:|fastify$|vitest$|@wecom\/crypto$|\(computed\)$)/],
    ['apps/sandbox/test', /^(node:|vitest$)/],
    ['apps/console', /^(preact(\/hooks)?|@app\/problem|qrcode\/lib\/core\/qrcode\.js)$/],
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
      'apps/cli/src/passport.ts',
      // Preloaded into a process.
      'apps/sandbox/server/clock/follow.ts',
      'apps/sandbox/server/main.ts',
      'examples/nest-shop/src/main.ts',
    ]);
  });

  it('no module uses forwardRef', () => {
    const guilty = [...SOURCES.keys()].filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('forwardRef'),
    );
    expect(guilty).toEqual([]);
  });

  it('no constructor in apps or libs has more than 5 parameters', () => {
    const large = CLASSES.filter(({ file, parameters }) => !file.startsWith('packages/') && parameters > 5);
    expect(large.map(({ file, name, parameters }) => `${name} in ${file} has ${parameters}`)).toEqual([]);
  });

  it('no two classes have one name', () => {
    // The client is a package of its own, and `Problem` is the word of RFC 9457 on both sides. The shop is another application.
    const names = CLASSES.filter(
      ({ file }) => file !== 'packages/client/src/problem.ts' && !file.startsWith('examples/nest-shop/'),
    ).map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
