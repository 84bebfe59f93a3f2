import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { TestUserConfig } from 'vitest/node';

/** Specs that need PostgreSQL, MySQL or Redis, or minutes to build version 0.1.0. */
const SERVER_SPECS = ['test/database/server-*.spec.ts', 'test/redis/**', 'test/deploy/first-release.spec.ts'];

/**
 * Stories about HTTP, tokens, limits in memory and answers of WeChat, and of clients. They log in, refresh and read as others
 * do: those run on the servers too, these on SQLite only.
 */
const WITHOUT_STATEMENTS = [
  ...['client', 'content-check', 'docs', 'input', 'miniprogram', 'proxies', 'rate-limit', 'risk-rank'],
  ...['admin/listener', 'admin/route-kinds', 'apps/app-limit', 'apps/apps-file', 'health/request-id'],
  // Hashes of passwords take most of their time; `instances.spec.ts` has the races.
  ...['admin/operators/cross-site', 'admin/operators/sign-in'],
  ...['login/weixin-faults', 'metrics/monitoring', 'metrics/where', 'phone/weixin-faults', 'tokens'],
  ...['tracing/collector-outage', 'verify-elsewhere', 'weixin-api/circuit-breaker', 'weixin-api/errcodes'],
  ...['weixin-api/fallback', 'weixin-api/seen-answers'],
].map((name) => `test/${name}`);

/** Real browsers and servers on a busy machine: a second try of a test, which the report counts. */
const SECOND_TRY: TestUserConfig = { retry: 1 };

/** Each project is a command of its own in package.json; a run without `--project` takes the first two. */
const test: TestUserConfig = {
  project: ['unit', 'e2e'],
  // Of what runs in the processes of the tests: not of the processes that they start.
  coverage: {
    include: ['{apps,libs,packages}/**/*.ts', 'miniprogram/**/*.js'],
    exclude: ['**/*.spec.ts', '**/*.d.ts'],
  },
  projects: [
    project('unit', { include: ['apps/**/*.spec.ts', 'libs/**/*.spec.ts'] }),
    project('e2e', {
      include: ['{test,examples,features}/**/*.spec.ts'],
      exclude: [...SERVER_SPECS, '**/node_modules/**'],
    }),
    ...['postgres', 'mysql'].map((name) =>
      project(name, {
        include: serverStories(name),
        ...SECOND_TRY,
        globalSetup: './test/support/services.ts',
        env: { TEST_DATABASE: name },
        // The servers need a processor too, and many stories are about deadlines.
        maxWorkers: '100%',
        sequence: { groupOrder: 1 },
      }),
    ),
    // Stories that start many processes, wait for real deadlines or build version 0.1.0: once, on SQLite.
    project('slow', {
      include: ['test/**/*.slow.ts', 'test/deploy/first-release.spec.ts'],
      ...SECOND_TRY,
      // PostgreSQL runs these: they are about several instances.
      exclude: ['test/{instances,webhooks,weixin-api}/*.slow.ts', '**/node_modules/**'],
      sequence: { groupOrder: 6 },
    }),
    // One file after the other, because of their deadlines.
    project('browser', {
      ...SECOND_TRY,
      include: ['test/browser/*.browser.ts'],
      globalSetup: './test/browser/programs.ts',
      maxWorkers: 1,
      sequence: { groupOrder: 2 },
    }),
    // Renews the pictures in docs/images.
    project('pictures', {
      include: ['test/browser/*.pictures.ts'],
      globalSetup: './test/browser/programs.ts',
      maxWorkers: 1,
    }),
    project('frameworks', {
      include: ['test/frameworks/*.frameworks.ts'],
      globalSetup: './test/browser/programs.ts',
      maxWorkers: 1,
      // Three installations and builds.
      testTimeout: 600_000,
      sequence: { groupOrder: 4 },
    }),
    project('extending', {
      include: ['test/**/*.extending.ts'],
      // A build, a lint and a test run of a copy of the repository; installations of new projects.
      testTimeout: 600_000,
      sequence: { groupOrder: 5 },
    }),
    // Builds and runs the image of deploy/Dockerfile, with buildah and runc. A build takes minutes.
    project('image', {
      include: ['test/deploy/*.image.ts'],
      testTimeout: 900_000,
      hookTimeout: 900_000,
      sequence: { groupOrder: 7 },
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
        { find: '@app/features', replacement: new URL('./features/index.ts', import.meta.url).pathname },
        { find: /^@app\/([a-z-]+)$/, replacement: index('libs/$1') },
        { find: '@weapp-passport/nest', replacement: index('packages/nest') },
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

/**
 * Returns the specs whose statements may differ between databases: those of a whole service, but for SQLite and the image.
 * Stories that take long, and those of Redis, run on PostgreSQL only; the kills under load on MySQL too.
 */
function serverStories(database: string): string[] {
  return ['test', 'examples', 'features']
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)))
    .filter(
      (file) =>
        /\.(spec|slow)\.ts$/.test(file) && !/\bsqlite-|\b(doctor|image|one-server|node_modules)\b/.test(file),
    )
    .filter((file) => !WITHOUT_STATEMENTS.some((start) => file.startsWith(join(start))))
    .filter(
      (file) =>
        database === 'postgres' || !/\.slow\.ts$|\bredis\b/.test(file) || file.includes('kill-under-load'),
    )
    .filter((file) => /use(Stack|Database|Deletions)\(/.test(readFileSync(file, 'utf8')));
}
