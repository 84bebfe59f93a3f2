import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { freePort, Program } from '../support/process.js';
import { startService } from '../support/service.js';
import { SECRET_KEY } from '../support/stack.js';

const MAIN = 'dist/apps/api/src/main.js';
/** Contains every character that has a meaning in a URL. */
const PASSWORD = encodeURIComponent('canary@:/?#%');
const PRODUCTION = {
  NODE_ENV: 'production',
  WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
  JWT_ISSUER: 'https://login.example.com',
};

describe('a database and a Redis that do not answer', () => {
  const folder = useFolder();
  const addresses = async (scheme: string) => {
    const address = `user:${PASSWORD}@127.0.0.1:${await freePort()}`;
    return { DATABASE_URL: `${scheme}://${address}/passport`, REDIS_URL: `redis://${address}` };
  };
  const expectOneLineEach = (output: string) => {
    expect(output.match(/the database of DATABASE_URL does not answer: [^"]*ECONNREFUSED/g)).toHaveLength(1);
    expect(output.match(/the Redis of REDIS_URL does not answer: [^"]*ECONNREFUSED/g)).toHaveLength(1);
    expect(output).not.toMatch(/canary|\n\s+at /);
  };

  it('cost one log line each with the variable and without the password, and the service starts in production', async () => {
    const env = { ...PRODUCTION, ...(await addresses('postgres')), PORT: '0', SECRET_KEY };
    const started = new Program(MAIN, env, folder);
    await started.prints('listening');
    expect(await started.stop()).toBe(0);
    expectOneLineEach(started.output);
  });

  it('cost the same and the service starts on a laptop, with MySQL', async () => {
    let output = '';
    const logs = { write: (line: string) => void (output += line) };
    const { app } = await startService({ ...(await addresses('mysql')), SECRET_KEY }, { logs });
    await app.close();
    expectOneLineEach(output);
  });
});
