import { readdirSync } from 'node:fs';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { useFolder } from '../support/folder.js';
import { freePort, Program } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';

describe('on SQLite', () => {
  const folder = useFolder();
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await createApp(
      loadConfig({ SECRET_KEY, DATABASE_URL: `sqlite:${folder}/a.sqlite`, LOG_LEVEL: 'silent' }),
    );
  });
  afterAll(() => app.close());

  it('refuses a write of an injected repository, which bypasses the queue', async () => {
    const reader = app.get<DataSource>(getDataSourceToken());
    await expect(reader.query("INSERT INTO users (id, created_at) VALUES ('x', 0)")).rejects.toThrow(
      /SQLITE_READONLY/,
    );
  });

  it('leaves no file after sqlite::memory:', async () => {
    const port = await freePort();
    const env = {
      PORT: String(port),
      ADMIN_PORT: '0',
      SECRET_KEY,
      DATABASE_URL: 'sqlite::memory:',
      TMPDIR: folder,
    };
    const program = new Program('dist/apps/api/src/main.js', env, folder);
    await program.prints('listening');
    await program.stop();
    expect(readdirSync(folder).filter((name) => name.startsWith('weapp-passport-'))).toEqual([]);
  });
});
