import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { Instance } from '../support/instance.js';
import { ROOT } from '../support/process.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { expectEverythingWorks } from './everything-works.js';
import { DEFAULT, expand, fill, isStillDone, KEPT } from './later-version.js';

describe('on the tables of a later version', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });

  it('a running instance answers every call during the migration', async () => {
    const people = [await stack.loggedIn('here before'), await stack.loggedIn('waiting')];
    const answers: number[] = [];
    let going = true;
    const load = async (name: string, token: string) => {
      for (let turn = 0; going; turn += 1) {
        const { status, body } = await stack.login({ code: await stack.code(`${name} ${turn}`) });
        const rotated = await stack.refresh(body.refresh);
        const written = await stack.call('/api/weixin/data/', { token, json: { items: [turn] } });
        const read = await stack.call('/api/weixin/data/', { token });
        answers.push(status, rotated.status, written.status, read.status);
      }
    };
    const loads = people.map(({ access }, index) => load(`during ${index}`, access));
    try {
      await expand(stack.databaseUrl);
      const before = answers.length;
      await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(before + 20);
    } finally {
      going = false;
    }
    await Promise.all(loads);
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  it('an instance starts, changes no table, and serves every route', async () => {
    const known = await stack.loggedIn('known');
    await fill(stack.databaseUrl);
    const instance = await Instance.start(stack.env);
    await expectEverythingWorks(stack, instance.url, known, 'known');
    expect(await instance.stop()).toBe(0);

    for (const [table, owner] of [
      ['users', 'id'],
      ['weixin_identities', 'user_id'],
      ['sessions', 'user_id'],
    ]) {
      const mine = `SELECT later_nullable, later_default FROM ${table} WHERE ${owner} = '${known.user_id}'`;
      const [first, ...others] = await rows(stack.databaseUrl, `${mine} ORDER BY created_at`);
      expect(first, `${table}: what was there`).toEqual({ later_nullable: KEPT, later_default: DEFAULT });
      for (const row of others) expect(row).toEqual({ later_nullable: null, later_default: DEFAULT });
    }
    expect(await rows(stack.databaseUrl, 'SELECT id FROM later_things')).toEqual([]);
    expect(await isStillDone(stack.databaseUrl)).toBe(true);
  });
});

/** The newest release, once there is one. */
const { stdout: releases } = spawnSync('git', ['tag', '--list', 'v*', '--sort=-version:refname'], {
  cwd: ROOT,
});
const [release] = releases.toString().split('\n');

function run(cwd: string, command: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`);
}

if (release) {
  describe(`on the tables of this version ${release}`, () => {
    const stack = useStack();
    const folder = join(useFolder(), 'release');
    beforeAll(() => {
      run(ROOT, 'git', 'clone', '--quiet', '--shared', '--branch', release, '.', folder);
      const lock = (root: string) => readFileSync(join(root, 'package-lock.json'), 'utf8');
      if (lock(folder) === lock(ROOT)) symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      else run(folder, 'npm', 'ci');
      run(folder, 'npm', 'run', 'build');
    }, 600_000);

    it('starts and serves every route', async () => {
      const known = await stack.loggedIn('known');
      const instance = await Instance.start(stack.env, 0, folder);
      await expectEverythingWorks(stack, instance.url, known, 'known');
      expect(await instance.stop()).toBe(0);
    });
  });
}
