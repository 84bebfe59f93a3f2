import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { ROOT } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';

const ENTRY = 'dist/apps/cli/src/passport.js';

describe('the process of a command', () => {
  const folder = useFolder();
  const start = (...argv: string[]) =>
    spawn(process.execPath, [join(ROOT, ENTRY), ...argv], {
      env: { PATH: process.env['PATH'], SECRET_KEY, DATABASE_URL: `sqlite:${join(folder, 'cli.sqlite')}` },
      cwd: folder,
    });
  async function ended(...argv: string[]) {
    const child = start(...argv);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (text: Buffer) => (output.stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...output };
  }

  it('ends with 0 and its result on stdout, on a new database', async () => {
    const { code, stdout, stderr } = await ended('keys', 'list', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { keys } = JSON.parse(stdout) as { keys: Record<string, string>[] };
    expect(keys.map(({ state }) => state).sort()).toEqual(['current', 'next']);
    expect(Object.keys(keys[0] ?? {})).toEqual(['id', 'state', 'created_at']);
  });

  it('ends with 1 and its error on stderr if the command fails', async () => {
    const { code, stdout, stderr } = await ended('keys', 'retire');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('There is no previous key.\nThere is nothing to do.\n');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s while it waits for standard input', async (signal) => {
    const child = start('users', 'find-phone');
    child.stdin.on('error', () => undefined);
    // More than the pipe holds: written when the command has begun to read.
    await new Promise((resolve) => child.stdin.write('1'.repeat(1 << 20), resolve));
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([null, signal]);
  });

  it('is the one entry of every npm script of an operator', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts).toMatchObject({
      passport: `node ${ENTRY}`,
      keys: `node ${ENTRY} keys`,
      users: `node ${ENTRY} users`,
      doctor: `node ${ENTRY} doctor`,
      'import:django': `node ${ENTRY} import-django`,
    });
    expect(readFileSync(join(ROOT, ENTRY), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
