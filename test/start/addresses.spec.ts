import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { freePort, Program } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';

const MAIN = 'dist/apps/api/src/main.js';
/** Contains every character that has a meaning in a URL. */
const PASSWORD = encodeURIComponent('canary@:/?#%');
const PRODUCTION = {
  NODE_ENV: 'production',
  WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
  JWT_ISSUER: 'https://login.example.com',
};

describe.each([
  ['in production', PRODUCTION, 'postgres'],
  ['on a laptop', {}, 'mysql'],
])('a database and a Redis that do not answer, %s', (_, mode, scheme) => {
  const folder = useFolder();

  it('get one log line each with the variable and without the password, and the service starts', async () => {
    const address = `user:${PASSWORD}@127.0.0.1:${await freePort()}`;
    const addresses = { DATABASE_URL: `${scheme}://${address}/passport`, REDIS_URL: `redis://${address}` };
    const started = new Program(MAIN, { ...mode, ...addresses, PORT: '0', SECRET_KEY }, folder);
    await started.prints('listening');
    expect(await started.stop()).toBe(0);
    const { output } = started;
    expect(output.match(/the database of DATABASE_URL does not answer: [^"]*ECONNREFUSED/g)).toHaveLength(1);
    expect(output.match(/the Redis of REDIS_URL does not answer: [^"]*ECONNREFUSED/g)).toHaveLength(1);
    expect(output).not.toMatch(/canary|\n\s+at /);
  });
});
