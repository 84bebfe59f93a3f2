import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { freePort } from '../support/process.js';
import { useStack } from '../support/stack.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const [BUILD = '', FINAL = ''] = read('deploy/Dockerfile')
  .split(/^FROM /m)
  .slice(1);
/** The words of a CMD in its JSON form. */
const words = (line: RegExp) => JSON.parse(line.exec(FINAL)?.[1] ?? '[]') as string[];

/** The packages that the sources of the service import, tests apart. */
function importedPackages(): Set<string> {
  const files = ['apps/api', 'libs'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => join(top, name)),
  );
  const specifiers = files.flatMap((file) =>
    // Types leave no import in the build.
    ts
      .preProcessFile(
        ts.transpileModule(read(file), {
          compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
        }).outputText,
      )
      .importedFiles.map(({ fileName }) => fileName),
  );
  const foreign = specifiers.filter((name) => !/^(\.|@app\/)/.test(name) && !isBuiltin(name));
  return new Set(
    foreign.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

describe('the image', () => {
  const stack = useStack();

  it('is built from the lockfile, with the compiler in the first stage only', () => {
    expect(BUILD).toContain('RUN npm ci');
    expect(BUILD).toMatch(/npm prune --omit=dev/);
    expect(FINAL).toMatch(/^node:20-bookworm-slim$/m);
  });

  it('starts the service as somebody who is not root', () => {
    expect(FINAL).toMatch(/^USER [1-9]\d*$/m);
    const [node, file = ''] = words(/^CMD (\[.*\])$/m);
    expect(node).toBe('node');
    expect(existsSync(join(ROOT, file)), 'made by npm run build').toBe(true);
  });

  it('has every package that the service imports', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect([...importedPackages()].filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('gets all that it is built from, and neither secrets nor data', () => {
    const ignored = read('.dockerignore').trim().split('\n');
    expect(ignored[0]).toBe('*');
    const kept = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    for (const file of kept) expect(existsSync(join(ROOT, file)), file).toBe(true);
    expect(kept.sort()).toEqual(
      ['apps', 'libs', 'nest-cli.json', 'package-lock.json', 'package.json', 'tsconfig.json'].sort(),
    );
  });

  it('is healthy while the service answers, and unhealthy when it does not', async () => {
    const [command = '', ...args] = words(/HEALTHCHECK [^[]*CMD (\[.*\])$/m);
    const check = (port: string) =>
      spawnSync(command === 'node' ? process.execPath : command, args, {
        env: { PORT: port },
        timeout: 10_000,
      }).status;
    // Not in this process, which cannot answer while it waits.
    const { Instance } = await import('../support/instance.js');
    const instance = await Instance.start(stack.env);
    expect(check(new URL(instance.url).port)).toBe(0);
    await instance.stop();
    expect(check(String(await freePort()))).toBe(1);
  });
});
