import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { freePort } from '../support/process.js';
import { useStack } from '../support/stack.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const [BUILD = '', FINAL = ''] = read('deploy/Dockerfile')
  .split(/^FROM /m)
  .slice(1);
/** Returns the words of a CMD in its JSON form. */
const wordsOf = (line: RegExp) => JSON.parse(line.exec(FINAL)?.[1] ?? '[]') as string[];

/** An import in the build: `import a from"b"`, `import("b")`, `__require("b")` or `createRequire(import.meta.url)("b")`. */
const IMPORT =
  /(?:^import\b[^"'();]*|\bimport\(|\b__require\w*\(|\(import\.meta\.url\)\()\s*"((?:@[\w.-]+\/)?\w[\w.-]*)/gm;

/** Nest loads the first if it is given no adapter, and an older file of the second if it is not in the bundle. */
const NOT_USED = ['@nestjs/platform-express', 'class-transformer'];

/** Returns the installed packages that the built service imports. It can use others, which are not installed. */
function importedPackages(): string[] {
  const files = ['apps/api', 'apps/cli', 'shared'].flatMap((folder) =>
    readdirSync(join(ROOT, 'dist', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join('dist', folder, name)),
  );
  const names = files.flatMap((file) => [...read(file).matchAll(IMPORT)].map(([, name = '']) => name));
  return [...new Set(names)].filter(
    (name) => !NOT_USED.includes(name) && !isBuiltin(name) && existsSync(join(ROOT, 'node_modules', name)),
  );
}

describe('the image', () => {
  const folder = useFolder();
  const stack = useStack();

  it('is built from the lockfile, with the compiler in the first stage only', () => {
    expect(BUILD).toContain('RUN npm ci');
    const [, build] = /^\$\{REGISTRY\}\/node:(\d+)-bookworm AS build$/m.exec(BUILD) ?? [];
    const [, final] = /^\$\{REGISTRY\}\/node:(\d+)-bookworm-slim$/m.exec(FINAL) ?? [];
    expect([build, Number(final) % 2]).toEqual([final, 0]);
  });

  it('starts the service as a user who is not root', () => {
    expect(FINAL).toMatch(/^USER [1-9]\d*$/m);
    const words = wordsOf(/^CMD (\[.*\])$/m);
    expect(words[0]).toBe('node');
    expect(existsSync(join(ROOT, words.at(-1) ?? '')), 'made by npm run build').toBe(true);
  });

  it('starts the service with the options of npm run start:prod, as Kubernetes and the page do', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const command = scripts['start:prod'] ?? '';
    expect(command).toMatch(/^node --max-semi-space-size=\d+ --max-old-space-size=\d+ /);
    expect(wordsOf(/^CMD (\[.*\])$/m).join(' ')).toBe(command);
    expect(read('deploy/kubernetes/deployment.yaml')).toContain(`[${command.replaceAll(' ', ', ')}]`);
    for (const page of ['docs/deploy.md', 'docs/zh-CN/deploy.md'])
      expect(read(page)).toContain(`\n${command.replace('node', 'node --env-file=.env')}\n`);
  });

  it('has every package that the service imports, and their own, without what only builds need', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const imported = importedPackages();
    expect(imported).toEqual(
      expect.arrayContaining(['ioredis', 'mysql2', 'pg', 'sqlite3', 'swagger-ui-dist']),
    );
    expect(imported.filter((name) => !(name in dependencies))).toEqual([]);
    execFileSync(process.execPath, [join(ROOT, 'scripts/build/runtime-packages.mjs'), folder]);
    const load = imported.map((name) => `require('${name}');`).join('');
    execFileSync(process.execPath, ['-e', load], { cwd: folder });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('node_modules/swagger-ui-dist/swagger-ui-bundle.js'));
    expect(files.filter((name) => /\.(map|ts|a|h|cc?|gyp)$/.test(name))).toEqual([]);
  });

  it('has the command line on its PATH', () => {
    const [, target = ''] = /ln -s \/app\/(\S+) \/usr\/local\/bin\/passport /.exec(FINAL) ?? [];
    expect(read(target)).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(join(ROOT, target)).mode & 0o111).toBe(0o111);
  });

  it('declares the mirrors that the files of Compose give', () => {
    const declared = Array.from(read('deploy/Dockerfile').matchAll(/^ARG (\w+)/gm), ([, name]) => name);
    for (const folder of ['one-server', 'several-servers'])
      expect(read(`deploy/${folder}/compose.yaml`)).toContain(`args: [${declared.join(', ')}]`);
  });

  it('includes all its sources, and neither secrets nor data', () => {
    const ignored = read('.dockerignore').trim().split('\n');
    expect(ignored[0]).toBe('*');
    const kept = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    for (const file of kept) expect(existsSync(join(ROOT, file)), file).toBe(true);
    expect(kept.sort()).toEqual(
      [
        'apps',
        'features',
        'libs',
        'package-lock.json',
        'package.json',
        'scripts/build',
        'tsconfig.json',
      ].sort(),
    );
    const scripts = Array.from(BUILD.matchAll(/\bnode (scripts\/\S+)/g), ([, script = '']) => script);
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(kept).toContain(dirname(script));
  });

  it('is healthy while the service answers, and unhealthy when it does not', async () => {
    const [command = '', ...args] = wordsOf(/HEALTHCHECK [^[]*CMD (\[.*\])$/m);
    expect(command).toBe('node');
    const check = (port: string) =>
      new Promise((resolve) => {
        spawn(process.execPath, args, { env: { PORT: port }, timeout: 10_000 }).on('exit', resolve);
      });
    expect(await check(new URL(stack.url).port)).toBe(0);
    expect(await check(String(await freePort()))).toBe(1);
  });
});
