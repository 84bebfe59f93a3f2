import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { useFolder } from '../support/folder.js';
import { freePort, Program } from '../support/process.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

describe('migrations', () => {
  const folder = useFolder();
  let app: NestFastifyApplication;
  let dataSource: DataSource;

  beforeAll(async () => {
    const env = { SECRET_KEY, DATABASE_URL: `sqlite:${join(folder, 'a.sqlite')}`, LOG_LEVEL: 'silent' };
    app = await createApp(loadConfig(env));
    dataSource = app.get<DataSource>(getDataSourceToken());
  });
  afterAll(() => app.close());

  it('make exactly the tables that the entities describe', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    expect(dataSource.entityMetadatas.length).toBeGreaterThanOrEqual(5);
  });

  it('leave nobody a way to write around the queue: an injected repository cannot', async () => {
    await expect(dataSource.query("INSERT INTO users (id, created_at) VALUES ('x', 0)")).rejects.toThrow(
      /SQLITE_READONLY/,
    );
  });

  it('run once when three processes start at once on an empty database', async () => {
    const file = join(folder, 'shared.sqlite');
    const start = () =>
      new Program(
        'dist/apps/api/src/main.js',
        { PORT: '0', SECRET_KEY, DATABASE_URL: `sqlite:${file}` },
        folder,
      );
    const programs = [start(), start(), start()];
    await Promise.all(programs.map((program) => program.prints('listening')));
    expect(await rows(`sqlite:${file}`, 'SELECT name FROM migrations')).toHaveLength(2);
    expect(await rows(`sqlite:${file}`, 'SELECT id FROM signing_keys')).toHaveLength(2);
    expect(await Promise.all(programs.map((program) => program.stop()))).toEqual([0, 0, 0]);
  });

  it('leave sqlite::memory: nothing to leave behind', async () => {
    const port = await freePort();
    const env = { PORT: String(port), SECRET_KEY, DATABASE_URL: 'sqlite::memory:', TMPDIR: folder };
    const program = new Program('dist/apps/api/src/main.js', env, folder);
    await program.prints('listening');
    await program.stop();
    expect(readdirSync(folder).filter((name) => name.startsWith('weapp-passport-'))).toEqual([]);
  });
});
