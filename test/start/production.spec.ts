import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Program } from '../support/process.js';

const GOOD = {
  NODE_ENV: 'production',
  PORT: '0',
  SECRET_KEY: randomBytes(48).toString('base64'),
  WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
  JWT_ISSUER: 'https://login.example.com',
};

describe('a start in production', () => {
  const folder = useFolder();
  const create = (databaseUrl: string) =>
    createApp(loadConfig({ ...GOOD, DATABASE_URL: databaseUrl }), { logs: { write: () => undefined } });

  it('exits with 1 on invalid values, names every variable and prints neither a value nor a stack', async () => {
    const wrong = {
      SECRET_KEY: 'short-canary',
      WEIXIN_APPS: 'canary-without-colon',
      WEIXIN_API_BASE_URL: 'http://canary.example',
      PORT: 'canary',
      SECRET_KEY_FALLBACKS: 'canary,canary',
      JWT_ALGORITHM: 'canary',
    };
    const program = new Program('dist/apps/api/src/main.js', { ...GOOD, ...wrong }, folder);
    expect(await program.ended()).toBe(1);
    for (const name of Object.keys(wrong)) expect(program.output).toContain(name);
    expect(program.output).not.toMatch(/canary|\n\s+at /);
  });

  it('is refused if the file of DATABASE_URL is not a database', async () => {
    const file = join(folder, 'garbage.sqlite');
    writeFileSync(file, 'this is no database, only a text of more than one hundred bytes '.repeat(20));
    await expect(create(`sqlite:${file}`)).rejects.toThrow(
      /^The database of DATABASE_URL cannot be used: .*not a database/,
    );
  });

  it('serves no docs and no front page', async () => {
    const app = await create('sqlite::memory:');
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    for (const path of ['/', '/docs', '/docs-json', '/docs/']) {
      expect((await call(url + path)).status).toBe(404);
    }
    await app.close();
  });
});
