import { describe, expect, it } from 'vitest';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench({ isShared: true });
const heading = (name: string) => workbench.page.getByRole('heading', { name, exact: true });

describe('the page', () => {
  it('is in English for an English browser, and has one language only', async () => {
    await workbench.visit();
    await workbench.synced();
    await heading('Messages').waitFor();
    const words = (await workbench.page.locator('body').innerText()).replace('中文', '');
    expect(words).not.toMatch(/\p{Script=Han}/u);
  });

  it('is in Chinese for a Chinese browser, switches, and remembers the switch', async () => {
    await workbench.visit(undefined, { locale: 'zh-CN' });
    await heading('消息').waitFor();
    expect(await workbench.page.getAttribute('html', 'lang')).toBe('zh-CN');
    await workbench.page.getByRole('button', { name: 'English' }).click();
    await heading('Messages').waitFor();
    await workbench.page.reload();
    await heading('Messages').waitFor();
    await workbench.page.getByRole('button', { name: '中文' }).click();
    await heading('消息').waitFor();
  });
});
