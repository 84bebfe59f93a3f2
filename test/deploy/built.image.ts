import { chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { SANDBOX_APPS } from '../../libs/config/src/sandbox-apps.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort } from '../support/process.js';
import { type LoginBody, SECRET_KEY } from '../support/stack.js';
import { buildImage, Container, missingForImages } from './container.js';

const PACKED_BYTES = 100_000_000;
const missing = missingForImages();
if (missing !== '') console.warn(`the tests of the image are skipped: they need ${missing}`);

describe.skipIf(missing !== '')('the image of deploy/Dockerfile, built and run', () => {
  const folder = useFolder();
  const data = join(folder, 'data');
  const sandbox = createSandbox();
  let size = 0;
  let url = '';
  let sandboxUrl = '';
  let container: Container | undefined;

  beforeAll(async () => {
    size = buildImage(folder);
    mkdirSync(data, { mode: 0o700 });
    chownSync(data, 1000, 1000);
    sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    container = new Container(folder, data, {
      SECRET_KEY,
      PORT: port,
      HOST: '127.0.0.1',
      JWT_ISSUER: url,
      WEIXIN_API_BASE_URL: sandboxUrl,
      WEIXIN_APPS: SANDBOX_APPS.map(({ appid, secret }) => `${appid}:${secret}`).join(','),
      WEIXIN_ALLOW_HTTP: 'true',
    });
    await vi.waitFor(() => call(`${url}/health/ready`), { timeout: 60_000, interval: 100 });
  });
  afterAll(async () => {
    await container?.remove();
    await sandbox.close();
  });
  const exec = (...args: string[]) => container?.exec(...args) ?? { status: null, output: '' };

  it('has at most 100 MB when it is packed', () => {
    console.log(`packed: ${(size / 1e6).toFixed(1)} MB`);
    expect(size).toBeLessThanOrEqual(PACKED_BYTES);
  });

  it('logs a user in, and stores the database in its volume', async () => {
    const { body } = await call<{ code: string }>(`${sandboxUrl}/sandbox/codes`, { json: { user: 'alice' } });
    const login = await call<LoginBody>(`${url}/api/weixin/login/`, { json: { code: body.code } });
    expect([login.status, login.body.is_new_user]).toEqual([200, true]);
    expect(statSync(join(data, 'weapp-passport.sqlite')).uid).toBe(1000);
  });

  it('runs as an unprivileged user who cannot write outside of the volume', () => {
    expect(exec('id', '-u').output).toBe('1000\n');
    const written = exec('touch', '/app/dist/written');
    expect(written).toEqual({
      status: 1,
      output: expect.stringContaining('Read-only file system') as string,
    });
  });

  it('has the command line on its PATH', () => {
    const { status, output } = exec('passport', 'backup', 'data/backup', '--keep', '3');
    expect([status, output]).toEqual([0, expect.stringContaining('data/backup/weapp-passport-')]);
    expect(readdirSync(join(data, 'backup'))).toHaveLength(1);
    expect(exec('passport', 'doctor').output).toContain('[ok] Database\n');
  });

  it('has what the service runs, and neither sources nor compiler', () => {
    expect(exec('ls', '/app').output.trim().split('\n')).toEqual([
      'data',
      'dist',
      'node_modules',
      'package.json',
    ]);
    expect(exec('sh', '-c', 'command -v g++ make python3').status).not.toBe(0);
  });

  it('exits with 0 after SIGTERM', async () => {
    expect(await container?.stop(), container?.output).toBe(0);
  });
});
