import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const index = (folder: string) => new URL(`./${folder}/src/index.ts`, import.meta.url).pathname;

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    alias: [
      { find: '@app/api', replacement: index('apps/api') },
      { find: /^@app\/([a-z-]+)$/, replacement: index('libs/$1') },
    ],
  },
  test: {
    exclude: ['**/node_modules/**', 'test/database/server-*.spec.ts', 'test/redis/**'],
    include: ['apps/**/*.spec.ts', 'libs/**/*.spec.ts', 'test/**/*.spec.ts'],
    setupFiles: ['./test/support/setup.ts'],
    // One module graph a worker: loading Nest and TypeORM anew for every file takes longer than the tests.
    isolate: false,
    // Much of the time is spent waiting, for deadlines and for other processes.
    maxWorkers: 2 * availableParallelism(),
    // Far more than any test needs, even on a busy machine: what must be in time says so itself.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
