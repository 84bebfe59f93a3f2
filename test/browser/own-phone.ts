import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { freePort, Program, ROOT } from '../support/process.js';
import { sharedChromium } from './chromium.js';

/** A picture that the service of this mini-program has too. */
export const PICTURE = readFileSync(`${ROOT}/test/browser/mini-program/images/logo.png`);

/** The sandbox alone, with the mini-program of this folder on a phone without a workbench. */
export function useOwnPhone() {
  let service: Server | undefined;
  let sandbox: Program | undefined;
  let page: Page;
  let serviceUrl = '';
  const printed: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    service = createServer(({ url }, response) => {
      response.writeHead(url === '/missing.png' ? 404 : 200, { 'content-type': 'image/png' }).end(PICTURE);
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const port = await freePort();
    const env = { SANDBOX_PORT: String(port), API_URL: serviceUrl, INIT_CWD: `${ROOT}/test` };
    const args = ['--miniprogram', 'browser/mini-program'];
    // As under npm, the current folder is not the developer's.
    sandbox = new Program('dist/apps/sandbox/server/main.js', env, '/', args);
    await sandbox.prints('Sandbox on');
    page = await (await sharedChromium()).newPage({ viewport: { width: 390, height: 844 } });
    page.on('console', (message) => printed.push(message.text()));
    page.on('pageerror', (error) => printed.push(String(error)));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`http://127.0.0.1:${port}/phone/?phone=1&user=alice`);
  });
  beforeEach(async () => {
    asked.length = 0;
    await page.evaluate(`wx.reLaunch({ url: '/pages/index/index' })`);
    await page.getByText('new', { exact: true }).waitFor();
  });
  afterAll(async () => {
    await (page as Page | undefined)?.close();
    await sandbox?.stop();
    service?.close();
  });

  return {
    get page() {
      return page;
    },
    get serviceUrl() {
      return serviceUrl;
    },
    /** What the console has got since the phone was opened. */
    printed,
    /** The addresses that this test has fetched. */
    asked,
    setData: (data: object) => page.evaluate(`getCurrentPages().at(-1).setData(${JSON.stringify(data)})`),
    open: (name: string) => page.getByRole('button', { name, exact: true }).click(),
    choose: (column: number, option: string) =>
      page.locator('.picker-column').nth(column).selectOption(option),
    options: (column: number) =>
      page.locator('.picker-column').nth(column).locator('option').allTextContents(),
    widthOfPicture: (index: number) =>
      page.evaluate<number>(`document.querySelectorAll('wx-image > img')[${index}].naturalWidth`),
  };
}
