import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { launch } from './twin/mini-program.js';
import { Phone } from './twin/phone.js';

interface AccountPage {
  data: { phase: string; message: string; busy: string; hasFile: boolean; privacy: object };
  onLoad(): void;
  onUnload(): void;
  onShow(): Promise<void>;
  onExport(): Promise<void>;
  onSaveFile(): Promise<void>;
  onSendFile(): Promise<void>;
  onLeave(): Promise<void>;
}

/** Opens the page on a phone, as after a launch. */
async function opened(phone: Phone): Promise<AccountPage> {
  const page = launch(phone).open('account') as AccountPage;
  page.onLoad();
  await page.onShow();
  return page;
}

describe('the page 账号与隐私', () => {
  const stack = useStack();

  it('copies everything that the service stores of the user', async () => {
    const phone = new Phone(stack, 'copier');
    const page = await opened(phone);
    expect(page.data).toMatchObject({
      phase: 'ready',
      message: '',
      privacy: { deletesAt: '', consents: [] },
    });
    await page.onExport();
    const { user_id: id } = await stack.loggedIn('copier');
    expect(JSON.parse(phone.clipboard)).toMatchObject({ tables: { users: [{ id }] } });
    expect(page.data).toMatchObject({ phase: 'ready', busy: '' });
  });

  it('copies nothing without the consent to the privacy guide, and leaves the text to its prompt', async () => {
    const phone = new Phone(stack, 'refuser');
    const page = await opened(phone);
    phone.refuses = { errno: 104 };
    await page.onExport();
    expect([phone.clipboard, phone.toasts, page.data.busy]).toEqual(['', [], '']);
    phone.refuses = { errno: 1 };
    await page.onExport();
    expect(phone.toasts).toEqual(['出了点问题，请重试']);
  });

  it('writes the data into a file, sends it in the handler of a tap, and removes it when it is closed', async () => {
    const phone = new Phone(stack, 'filer');
    const page = await opened(phone);
    await page.onSaveFile();
    expect(page.data).toMatchObject({ phase: 'ready', busy: '', hasFile: true });
    const sent = page.onSendFile();
    // Nothing was waited for: WeChat refuses the call later.
    expect(phone.shared).toHaveLength(1);
    await sent;
    const { user_id: id } = await stack.loggedIn('filer');
    expect(phone.shared[0]?.[0]).toBe('我的数据.json');
    expect(JSON.parse(phone.shared[0]?.[1] ?? '')).toMatchObject({ tables: { users: [{ id }] } });
    phone.refuses = { errno: 1 };
    await page.onSendFile();
    expect(phone.toasts).toEqual(['已发送', '文件没有发送']);
    expect(phone.files.size).toBe(1);
    page.onUnload();
    expect(phone.files.size).toBe(0);
  });

  it('removes the file of a launch that ended on it, and that of a user who is logged out', async () => {
    const phone = new Phone(stack, 'leaving-filer');
    await (await opened(phone)).onSaveFile();
    const page = await opened(phone);
    expect(phone.files.size).toBe(0);
    await page.onSaveFile();
    expect(phone.files.size).toBe(1);
    await page.onLeave();
    await page.onShow();
    expect([phone.files.size, page.data.hasFile]).toEqual([0, false]);
  });

  it('writes no file on a full phone, and says so', async () => {
    const phone = new Phone(stack, 'full');
    const page = await opened(phone);
    phone.isFull = true;
    await page.onSaveFile();
    expect([page.data.hasFile, page.data.busy, phone.toasts]).toEqual([false, '', ['出了点问题，请重试']]);
  });
});
