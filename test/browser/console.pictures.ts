import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { OperatorsService } from '../../libs/admin/src/index.js';
import { AuthEventsService, HOUR_MS } from '../../libs/audit/src/index.js';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { APPID } from '../admin/admin.js';
import type { Person } from '../admin/operators/operators.js';
import { phoneCode } from '../phone/people.js';
import { execute } from '../support/rows.js';
import { useConsole } from './console.js';

const fixture = useConsole();
const { operators, stack } = fixture;
const MAY_HAVE_BYTES = 250_000;
const ROUNDS = 5;
const LANGUAGES = [
  ['en-GB', '', 'Lin', 'Run the checks'],
  ['zh-CN', '.zh-CN', '林小雨', '开始检查'],
] as const;

let owner: Person;

beforeAll(async () => {
  const { token } = await stack.service(OperatorsService).invite({ name: 'alice', role: 'owner' });
  owner = await operators.accept(token);
  for (let number = 0; number < 40; number++) await fixture.user(`person-${number}`, `User ${number}`);
  for (const [, , nickname] of LANGUAGES) {
    const { id, access } = await fixture.user(nickname, nickname, 'iPhone 17');
    await fixture.user(nickname, undefined, 'iPad mini');
    const code = await phoneCode(stack, { user: nickname, phone: '13800138123' });
    await stack.call('/api/me/phone', { token: access, json: { code } });
    await stack.call('/api/weixin/data/', {
      token: access,
      json: { items: Array(60).fill('a line of text') },
    });
    await stack.service(CustomClaimsService).replace(id, { role: 'editor' });
  }
  await stack.service(AuthEventsService).flush();
  await countDay();
});

/** Replaces the counts by those of a day of a small shop. */
async function countDay(): Promise<void> {
  const now = Math.floor(Date.now() / HOUR_MS);
  const busy = [1, 0, 0, 0, 0, 1, 3, 6, 8, 9, 11, 14, 13, 10, 9, 8, 10, 12, 15, 17, 16, 12, 7, 3];
  const rows = Array.from({ length: 24 }, (_, index) => now - index).flatMap((hour) => {
    const logins = busy[(hour + 8) % 24] ?? 0;
    return [
      [hour, 'login', '', logins],
      [hour, 'new_user', '', Math.floor(logins / 7)],
      [hour, 'phone_bound', '', Math.floor(logins / 8)],
      [hour, 'login_refused', 'login_code_invalid', logins % 5 === 3 ? 2 : 0],
      [hour, 'login_refused', 'weixin_unavailable', logins === 14 ? 3 : 0],
    ];
  });
  const values = rows
    .filter(([, , , count]) => count !== 0)
    .map(([hour, kind, code, count]) => `(${hour}, '${APPID}', '${kind}', '${code}', ${count})`);
  await execute(stack.databaseUrl, 'DELETE FROM hourly_counts');
  await execute(
    stack.databaseUrl,
    `INSERT INTO hourly_counts (hour, appid, kind, code, count) VALUES ${values.join(', ')}`,
  );
}

async function take(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));
  await page.screenshot({ path });
  expect(statSync(path).size).toBeLessThan(MAY_HAVE_BYTES);
}

describe.each(LANGUAGES)('the console for %s', (locale, ending, nickname, run) => {
  const open = (hash: string, height: number, colorScheme: 'light' | 'dark') =>
    fixture.open(hash, {
      person: owner,
      locale,
      colorScheme,
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1280, height },
      deviceScaleFactor: 1.25,
    });

  it('the overview', async () => {
    const page = await open('#/', 800, 'light');
    await page.locator('main .plot').first().waitFor();
    await take(page, `console-overview${ending}`);
  });

  it('a user', async () => {
    const page = await open(`#/users?q=${encodeURIComponent(nickname)}`, 900, 'dark');
    await page.locator('main tbody a').first().click();
    await page.locator('main table').nth(1).waitFor();
    await take(page, `console-user${ending}`);
  });

  it('the doctor', async () => {
    const page = await open('#/doctor', 800, 'light');
    const errmsg = 'invalid ip 203.0.113.9, not in whitelist';
    await stack.breakWeixin('errcode', { errcode: 40164, errmsg }, '/cgi-bin/stable_token');
    await fixture.reachable(async () => {
      await page.getByRole('button', { name: run }).click();
      await page.locator('main .problem').first().waitFor();
    });
    await take(page, `console-doctor${ending}`);
  });
});

it('prints how long the first paint and a click take on this machine', async () => {
  const page = await fixture.open('#/users', { person: owner });
  const paints: number[] = [];
  const clicks: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.goto('about:blank');
    await page.goto(`${fixture.url}/#/users`);
    await page.locator('main tbody tr').first().waitFor();
    paints.push(
      await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`),
    );
    clicks.push(
      await page.evaluate<number>(`new Promise((resolve) => {
        const started = performance.now();
        const link = document.querySelector('nav a[href="#/apps"]');
        const look = () => link.ariaCurrent === 'page'
          ? resolve(performance.now() - started) : requestAnimationFrame(look);
        link.click();
        requestAnimationFrame(look);
      })`),
    );
  }
  const inMs = (times: number[]) => times.map((time) => `${Math.round(time)} ms`).join(', ');
  console.log(`first paint after ${inMs(paints)}; a click is painted after ${inMs(clicks)}`);
});
