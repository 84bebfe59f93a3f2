import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';

const MAIN = 'dist/apps/api/src/main.js';
const GOOD = {
  NODE_ENV: 'production',
  PORT: '0',
  SECRET_KEY: randomBytes(48).toString('base64'),
  WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
  JWT_ISSUER: 'https://login.example.com',
};

describe('a start in production', () => {
  const folder = useFolder();
  const start = async (env: NodeJS.ProcessEnv) => {
    const program = new Program(MAIN, env, folder);
    return { code: await program.ended(), output: program.output };
  };

  it('is refused without SECRET_KEY and WEIXIN_APPS, naming both', async () => {
    const { code, output } = await start({ NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(output).toMatch(/SECRET_KEY is required/);
    expect(output).toMatch(/WEIXIN_APPS is required/);
    expect(output).toMatch(/JWT_ISSUER is required/);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('is refused with wrong values, naming all variables and printing no value', async () => {
    const { code, output } = await start({
      ...GOOD,
      SECRET_KEY: 'short-canary',
      WEIXIN_APPS: 'canary-without-colon',
      WEIXIN_API_BASE_URL: 'http://canary.example',
      PORT: 'canary',
      SECRET_KEY_FALLBACKS: 'canary,canary',
      JWT_ALGORITHM: 'canary',
    });
    expect(code).toBe(1);
    const names = [
      'SECRET_KEY',
      'WEIXIN_APPS',
      'WEIXIN_API_BASE_URL',
      'PORT',
      'SECRET_KEY_FALLBACKS',
      'JWT_ALGORITHM',
    ];
    for (const name of names) expect(output).toContain(name);
    expect(output).not.toContain('canary');
  });

  it('is refused with a placeholder as SECRET_KEY, saying how to make one and not repeating it', async () => {
    const placeholder = '<random_string_at_least_32_characters_long>';
    const { code, output } = await start({ ...GOOD, SECRET_KEY: placeholder });
    expect(code).toBe(1);
    expect(output).toMatch(/SECRET_KEY looks like a placeholder.*: make one with openssl rand -base64 48/);
    expect(output).not.toContain(placeholder.slice(1, -1));
  });

  it('is refused with a database that is none', async () => {
    const file = join(folder, 'garbage.sqlite');
    writeFileSync(file, 'this is no database, only a text of more than one hundred bytes '.repeat(20));
    const { code, output } = await start({ ...GOOD, DATABASE_URL: `sqlite:${file}` });
    expect(code).toBe(1);
    expect(output).toMatch(/^The database of DATABASE_URL does not open: .*not a database/m);
  });

  it('is refused with another SECRET_KEY than the one that sealed the signing key, which stays as it was', async () => {
    const env = { ...GOOD, DATABASE_URL: `sqlite:${join(folder, 'sealed.sqlite')}` };
    const first = new Program(MAIN, env, folder);
    await first.prints('listening');
    await first.stop();
    const { code, output } = await start({
      ...env,
      SECRET_KEY: GOOD.SECRET_KEY.split('').reverse().join(''),
    });
    expect(code).toBe(1);
    expect(output).toContain('signing_keys.private_key does not open with this SECRET_KEY');
    const again = new Program(MAIN, env, folder);
    await again.prints('listening');
    expect(await again.stop()).toBe(0);
  });

  it('serves no docs and no front page', async () => {
    const program = new Program(MAIN, { ...GOOD, DATABASE_URL: 'sqlite::memory:' }, folder);
    await program.prints('listening');
    const port = /127\.0\.0\.1:(\d+)/.exec(program.output)?.[1] ?? '';
    for (const path of ['/', '/docs', '/docs-json', '/docs/']) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
    }
    expect(await program.stop()).toBe(0);
  });
});
