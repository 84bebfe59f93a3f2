import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { freePort, Program } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';

const MAIN = 'dist/apps/api/src/main.js';
/** It has all that a URL has a meaning for, as it is and as it belongs there. */
const PASSWORD = 'canary@:/?#%';
const ENCODED = encodeURIComponent(PASSWORD);
const PRODUCTION = {
  NODE_ENV: 'production',
  WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
  JWT_ISSUER: 'https://login.example.com',
};

describe.each([
  ['in production', PRODUCTION, 'postgres'],
  ['on a laptop', {}, 'mysql'],
])('the addresses of database and Redis, %s', (_, mode, scheme) => {
  const folder = useFolder();
  const program = (databaseUrl: string, redisUrl: string) =>
    new Program(
      MAIN,
      { ...mode, PORT: '0', SECRET_KEY, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
      folder,
    );

  it('that are malformed stop the start: a line names each variable, none has the password', async () => {
    const refused = program(
      `${scheme}://user:${PASSWORD}@127.0.0.1/passport`,
      `redis://user:${PASSWORD}@127.0.0.1`,
    );
    expect(await refused.ended()).toBe(1);
    const { output } = refused;
    for (const name of ['DATABASE_URL', 'REDIS_URL'])
      expect(output.match(new RegExp(`^.*${name} must be .*percent-encoded.*$`, 'gm'))).toHaveLength(1);
    expect(output).not.toMatch(/canary|\n\s+at /);
  });

  it('where nobody answers get one line each that names the variable and not the password, and the service starts', async () => {
    const address = `user:${ENCODED}@127.0.0.1:${await freePort()}`;
    const started = program(`${scheme}://${address}/passport`, `redis://${address}`);
    await started.prints('listening');
    expect(await started.stop()).toBe(0);
    const { output } = started;
    expect(output.match(/the database of DATABASE_URL does not answer: [^"]*ECONNREFUSED/g)).toHaveLength(1);
    expect(output.match(/the Redis of REDIS_URL does not answer: [^"]*ECONNREFUSED/g)).toHaveLength(1);
    expect(output).not.toMatch(/canary|\n\s+at /);
  });
});
