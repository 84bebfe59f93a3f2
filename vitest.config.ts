import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { TestUserConfig } from 'vitest/node';

/** Specs that need PostgreSQL, MySQL or Redis. */
const SERVER_SPECS = ['test/database/server-*.spec.ts', 'test/redis/**'];

/** Each project is a command of its own in package.json; a run without `--project` takes the first two. */
const test: TestUserConfig = {
  project: ['unit', 'e2e'],
  projects: [
    project('unit', { include: ['apps/**/*.spec.ts', 'libs/**/*.spec.ts'] }),
    project('e2e', { include: ['test/**/*.spec.ts'], exclude: [...SERVER_SPECS, '**/node_modules/**'] }),
    ...['postgres', 'mysql'].map((name) =>
      project(name, {
        include: serverStories(),
        globalSetup: './test/support/services.ts',
        env: { TEST_DATABASE: name },
        // The servers need a processor too, and many stories are about deadlines.
        maxWorkers: '100%',
        sequence: { groupOrder: 1 },
      }),
    ),
    // One file after the other, because of their deadlines.
    project('browser', {
      include: ['test/browser/*.browser.ts'],
      maxWorkers: 1,
      sequence: { groupOrder: 2 },
    }),
    project('frameworks', {
      include: ['test/frameworks/*.frameworks.ts'],
      maxWorkers: 1,
      // Three installations and builds.
      testTimeout: 600_000,
      sequence: { groupOrder: 4 },
    }),
    project('torture', { include: ['test/torture/*.torture.ts'], sequence: { groupOrder: 3 } }),
  ],
};

export default defineConfig({ test });

function project(
  name: string,
  test: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return {
    oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    resolve: {
      alias: [
        { find: '@app/api', replacement: index('apps/api') },
        { find: /^@app\/([a-z-]+)$/, replacement: index('libs/$1') },
      ],
    },
    test: {
      setupFiles: ['./test/support/setup.ts'],
      // One module graph per worker: loading Nest and TypeORM for each file takes longer than the tests.
      isolate: false,
      // Much of the time is spent waiting, for deadlines and for other processes.
      maxWorkers: 2 * availableParallelism(),
      // Far more than any test needs, even on a busy machine: a test with a deadline asserts it.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      ...test,
      name,
    },
  };
}

function index(folder: string): string {
  return new URL(`./${folder}/src/index.ts`, import.meta.url).pathname;
}

/** Returns the specs that use a whole service, without those of SQLite, of the doctor and of the image. */
function serverStories(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => join('test', name))
    .filter((file) => /\.spec\.ts$/.test(file) && !/\bsqlite-|\b(doctor|image|node_modules)\b/.test(file))
    .filter((file) => /use(Stack|Database)\(/.test(readFileSync(file, 'utf8')));
}
