import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { useStack } from '../support/stack.js';

const FIRST = { appid: 'wxsandbox000000001', secret: 'sandbox-secret', name: 'First' };
const SECOND = { appid: 'wxsandbox000000002', secret: 'sandbox-secret-2', name: 'Second' };
const POLL = { timeout: 4000, interval: 50 };

describe('WEIXIN_APPS_FILE', () => {
  const path = join(useFolder(), 'apps.json');
  const write = (apps: unknown, to = path) => {
    writeFileSync(to, typeof apps === 'string' ? apps : JSON.stringify(apps));
  };
  write([FIRST]);
  const stack = useStack({ WEIXIN_APPS_FILE: path });
  const login = async (appid: string) => {
    const { status, body } = await stack.login<{ code: string }>({
      code: await stack.code('alice', appid),
      appid,
    });
    return [status, body.code];
  };
  const served = () => Promise.all([FIRST, SECOND].map(async ({ appid }) => (await login(appid))[1]));
  const errors = () => stack.logs.filter((line) => line.includes('stay as they were'));

  it('is enough without WEIXIN_APPS, and its first app is the default one', async () => {
    expect((await stack.login({ code: await stack.code('alice', FIRST.appid) })).status).toBe(200);
    expect(await login(SECOND.appid)).toEqual([400, 'app_unknown']);
  });

  it('is followed when it is written again, without a restart', async () => {
    write([FIRST, SECOND]);
    await expect.poll(served, POLL).toEqual(['success', 'success']);
  });

  it('refuses a removed app immediately, and leaves its sessions', async () => {
    const before = await stack.login({ code: await stack.code('bob', SECOND.appid), appid: SECOND.appid });
    write([FIRST]);
    await expect.poll(served, POLL).toEqual(['success', 'app_unknown']);
    expect((await stack.refresh(before.body.refresh)).status).toBe(200);
  });

  it('is followed when another file replaces it', async () => {
    write([SECOND], `${path}.new`);
    renameSync(`${path}.new`, path);
    await expect.poll(served, POLL).toEqual(['app_unknown', 'success']);
  });

  it('is followed when it is a link to another file, as in Kubernetes', async () => {
    const versions = ['one', 'two'].map((name) => join(path, '..', name));
    for (const [index, version] of versions.entries()) {
      mkdirSync(version);
      write(index === 0 ? [FIRST] : [FIRST, SECOND], join(version, 'apps.json'));
    }
    const data = join(path, '..', 'data');
    symlinkSync(versions[0] ?? '', data);
    rmSync(path);
    symlinkSync(join('data', 'apps.json'), path);
    await expect.poll(served, POLL).toEqual(['success', 'app_unknown']);
    symlinkSync(versions[1] ?? '', `${data}.new`);
    renameSync(`${data}.new`, data);
    await expect.poll(served, POLL).toEqual(['success', 'success']);
  });

  it.each<[string, () => void]>([
    [
      'is no JSON',
      () => {
        write('[{"appid": "wxcanary');
      },
    ],
    [
      'has a wrong member',
      () => {
        write([{ ...FIRST, secret: 'canary of two words' }]);
      },
    ],
    [
      'names no app',
      () => {
        write([]);
      },
    ],
    [
      'names an app of WeChat, while the service talks to the sandbox',
      () => {
        write([{ ...FIRST, appid: 'wxcanary0' }]);
      },
    ],
    [
      'is gone',
      () => {
        rmSync(path);
      },
    ],
  ])('leaves the apps as they were and logs one error when it %s', async (_, spoil) => {
    const before = errors().length;
    spoil();
    await expect.poll(() => errors().length, POLL).toBe(before + 1);
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(errors()).toHaveLength(before + 1);
    expect(errors().at(-1)).toContain('WEIXIN_APPS_FILE');
    expect(errors().join('')).not.toContain('canary');
    expect(await served()).toEqual(['success', 'success']);
  });

  it('is followed again once it is fixed', async () => {
    write([SECOND]);
    await expect.poll(served, POLL).toEqual(['app_unknown', 'success']);
  });

  it('never logs a secret', () => {
    expect(stack.logs.join('')).not.toContain('sandbox-secret');
  });
});
