import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { sharedChromium } from './chromium.js';

/** Routes whose requests the page fills in, in its order; `test/docs/examples.spec.ts` has all routes. */
const STEPS = [
  ['POST', '/api/weixin/login', 200],
  ['POST', '/api/weixin/data', 200],
  ['POST', '/api/token/refresh', 200],
  ['DELETE', '/api/sessions/{id}', 204],
] as const;

describe('Swagger UI', () => {
  const stack = useStack();

  it('shows each route once and fills in tokens, ETag and session of the answers before', async () => {
    // The version of the document is not the one of the example any more.
    const { access } = await stack.loggedIn();
    await stack.call('/api/weixin/data', { token: access, json: { items: [] } });
    const page = await (await sharedChromium()).newPage();
    await page.goto(`${stack.url}/docs`);
    const statuses: unknown[] = [];
    for (const [method, path] of [STEPS[0], ['GET', '/api/weixin/data'] as const, ...STEPS.slice(1)]) {
      const operation = page.locator(`.opblock-${method.toLowerCase()}`, {
        has: page.locator(`[data-path="${path}"]`),
      });
      const head = operation.locator('.opblock-summary-control');
      await head.click();
      await operation.getByRole('button', { name: 'Try it out' }).click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      const status = await operation
        .locator('.live-responses-table .response .response-col_status')
        .innerText();
      if (method !== 'GET') statuses.push([method, path, Number.parseInt(status)]);
      await head.click();
    }
    await page.close();
    expect(statuses).toEqual(STEPS);
  });

  it('introduces itself in the language of the browser, with a switch that is remembered', async () => {
    const page = await (await sharedChromium()).newPage({ locale: 'zh-CN' });
    await page.goto(`${stack.url}/docs`);
    await page.getByText('微信小程序登录服务').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Login for WeChat mini-programs').waitFor();
    await page.reload();
    await page.getByText('Login for WeChat mini-programs').waitFor();
    await page.getByRole('button', { name: '中文' }).waitFor();
    await page.close();
  });
});
