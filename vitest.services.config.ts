import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import base from './vitest.config.js';

/** The stories: what uses the whole service, but for what is SQLite's own, as is most that the doctor finds, and the image. */
const stories = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => join('test', name))
  .filter((file) => /\.spec\.ts$/.test(file) && !/\bsqlite-|\b(doctor|image)\b/.test(file))
  .filter((file) => /use(Stack|Database)\(/.test(readFileSync(file, 'utf8')));

/** Every story on PostgreSQL and on MySQL, and those on Redis beside them: `npm run test:services`. */
export default {
  ...base,
  test: {
    globalSetup: './test/support/services.ts',
    // The servers need a processor too, and much here is about deadlines.
    maxWorkers: '100%',
    projects: ['postgres', 'mysql'].map((name) => ({
      ...base,
      test: {
        ...base.test,
        maxWorkers: '100%',
        name,
        include: stories,
        exclude: [],
        env: { TEST_DATABASE: name },
      },
    })),
  },
};
