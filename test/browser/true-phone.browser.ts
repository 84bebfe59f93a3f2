import { describe, expect, it } from 'vitest';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench();
type Failure = { errMsg: string };

describe('the phone in the browser', () => {
  it('returns no promise from wx.login, and refuses the fifth login within a second', async () => {
    await workbench.synced();
    // The mini-program has logged in, which counts too.
    await workbench.page.waitForTimeout(1000);
    const results = await workbench.inPhone<string[]>(`Promise.all(
      Array.from({ length: 5 }, () => new Promise((complete) => wx.login({ complete })))
    ).then((all) => all.map(({ errMsg }) => errMsg))`);
    expect(results.filter((errMsg) => errMsg === 'login:ok')).toHaveLength(4);
    expect(results.filter((errMsg) => errMsg.startsWith('login:fail'))).toHaveLength(1);
    expect(await workbench.inPhone('typeof wx.login()')).toBe('undefined');
  });

  it('wants the methods of requests in capitals, and knows no PATCH', async () => {
    await workbench.synced();
    for (const method of ['post', 'PATCH']) {
      const failure = await workbench.inPhone<Failure>(
        `new Promise((fail) => wx.request({ url: 'http://127.0.0.1:8000/x', method: '${method}', fail }))`,
      );
      expect(failure.errMsg).toBe('request:fail method is invalid');
    }
  });

  it('interrupts a request that runs for five seconds in the background', async () => {
    await workbench.synced();
    await workbench.page.route('**/sandbox/request/never', () => undefined);
    const failed = workbench.inPhone<Failure>(
      `new Promise((fail) => wx.request({ url: 'http://127.0.0.1:8000/never', fail }))`,
    );
    await workbench.panel().getByRole('button', { name: 'Background' }).click();
    expect((await failed).errMsg).toBe('request:fail interrupted');
  });

  it('stores a megabyte under a key and ten in all, with the messages of WeChat', async () => {
    await workbench.synced();
    const store = (key: string, megabytes: number) =>
      workbench.inPhone<string>(`(() => {
        try { wx.setStorageSync('${key}', 'x'.repeat(${megabytes} * 1024 * 1024)); return 'ok'; }
        catch (error) { return error.message; }
      })()`);
    expect(await store('a', 1.1)).toBe('setStorageSync:fail entry size limit reached');
    const all = [];
    for (let i = 0; i < 11; i++) all.push(await store(`key-${i}`, 0.99));
    expect(all.at(-1)).toBe('setStorageSync:fail exceed storage max size 10Mb');
    await workbench.inPhone('wx.clearStorageSync()');
  });

  it('notifies the mini-program when it is shown or hidden, and answers what it can use', async () => {
    await workbench.synced();
    await workbench.inPhone(
      `(globalThis.seen = [], wx.onAppHide(() => seen.push('hide')), wx.onAppShow(() => seen.push('show')))`,
    );
    const background = workbench.panel().getByRole('button', { name: 'Background' });
    await background.click();
    await background.click();
    await expect.poll(() => workbench.inPhone('seen')).toEqual(['hide', 'show']);
    expect(
      await workbench.inPhone(
        `['login', 'button.open-type.chooseAvatar', 'scanCode', 'map'].map(wx.canIUse)`,
      ),
    ).toEqual([true, true, false, false]);
  });

  it('reports a function that it lacks, once, and nothing about the mini-program of this repository', async () => {
    await workbench.add('自带的组件');
    await workbench.openTab('我的');
    await workbench.phone().getByText('本机').waitFor();
    expect(await workbench.page.locator('.lacks').textContent()).toBe('');
    expect(await workbench.inPhone('[typeof wx.scanCode, typeof wx.scanCode]')).toEqual(
      Array(2).fill('undefined'),
    );
    await expect.poll(() => workbench.page.locator('.lacks').textContent()).toMatch(/: wx\.scanCode$/);
  });
});
