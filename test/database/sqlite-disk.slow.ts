import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { Program } from '../support/process.js';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

const MAIN = 'dist/apps/api/src/main.js';
const mount = (...args: string[]) => spawnSync('mount', args).status === 0;

describe('a SQLite file', () => {
  const stack = useStack();
  const folder = useFolder();

  it('that was cut off stops the start with a clear message, and stays as it is', async () => {
    const file = join(folder, 'truncated.sqlite');
    const env = { ...stack.env, DATABASE_URL: `sqlite:${file}` };
    await (await Instance.start(env)).stop();
    truncateSync(file, Math.floor(statSync(file).size / 3));
    const before = readFileSync(file);
    const program = new Program(MAIN, env, folder);
    expect(await program.ended()).toBe(1);
    expect(program.output).toMatch(/The database of DATABASE_URL .*: .*(malformed|corrupt)/);
    expect(program.output).not.toMatch(/\n\s+at /);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

// Needs the right to mount, which a container may not have.
const volume = mkdtempSync(join(tmpdir(), 'weapp-passport-volume-'));
const canMount = mount('-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', volume);

if (!canMount) rmSync(volume, { recursive: true });

describe.runIf(canMount)('a volume of SQLite', () => {
  const stack = useStack();
  const env = () => ({ ...stack.env, DATABASE_URL: `sqlite:${volume}/data.sqlite` });
  let instance: Instance;
  let access = '';
  beforeAll(async () => {
    instance = await Instance.start(env());
    const json = { code: await stack.code('reader') };
    access = (await call<LoginBody>(`${instance.url}/api/weixin/login/`, { json })).body.access;
  });
  afterAll(() => {
    // Lazily: where a test has failed the service still has files open.
    spawnSync('umount', ['-l', volume]);
    rmSync(volume, { recursive: true });
  });
  const save = (text: string) =>
    call(`${instance.url}/api/weixin/data/`, { token: access, json: { items: [text] } });

  it('that is full answers 503 to writes and answers reads, and works again when there is space', async () => {
    expect((await save('before')).status).toBe(200);
    spawnSync('dd', ['if=/dev/zero', `of=${volume}/filler`, 'bs=4k']);
    const answers = [];
    // The log of SQLite has a little room of its own.
    for (let turn = 0; turn < 60; turn += 1) answers.push(await save(`${turn}`.padEnd(50_000, 'x')));
    const failed = answers.filter(({ status }) => status !== 200);
    expect(failed.length).toBeGreaterThan(0);
    for (const { status, body, headers } of failed) {
      expect([status, body['code']]).toEqual([503, 'database_unavailable']);
      expect(headers.get('retry-after')).toBe('5');
    }
    expect((await call(`${instance.url}/api/weixin/data/`, { token: access })).status).toBe(200);
    rmSync(`${volume}/filler`);
    expect((await save('after')).status).toBe(200);
    expect((await rows(env().DATABASE_URL, 'PRAGMA integrity_check'))[0]).toEqual({ integrity_check: 'ok' });
  });

  it('that is full at start stops it with a clear message', async () => {
    await instance.stop();
    spawnSync('dd', ['if=/dev/zero', `of=${volume}/filler`, 'bs=4k']);
    const program = new Program(MAIN, { ...stack.env, DATABASE_URL: `sqlite:${volume}/another.sqlite` });
    expect(await program.ended()).toBe(1);
    expect(program.output).toMatch(/DATABASE_URL .*(full|disk)/);
    rmSync(`${volume}/filler`);
  });

  it('that is read-only stops the start with a clear message', async () => {
    expect(mount('-o', 'remount,ro', volume)).toBe(true);
    const program = new Program(MAIN, env());
    expect(await program.ended()).toBe(1);
    expect(program.output).toMatch(/DATABASE_URL .*(readonly|read-only|unable to open)/);
    expect(program.output).not.toMatch(/\n\s+at /);
  });
});
