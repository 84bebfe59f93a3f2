import { beforeAll, describe, expect, it } from 'vitest';
import { OperatorsService } from '../../libs/admin/src/index.js';
import type { Person } from '../admin/operators/operators.js';
import { usePeople } from '../unions/people.js';
import { faultsOf } from './axe.js';
import { useConsole } from './console.js';

const fixture = useConsole();
const { operators } = fixture;

const WIDTHS = [360, 768, 1280];
/** Axe takes a while for each page, and a busy machine longer. */
const PATIENTLY = { timeout: 300_000 };
const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['en-GB', 'zh-CN'] as const).map((locale) => [colorScheme, locale] as const),
);

let owner: Person;
let pages: string[];

beforeAll(async () => {
  owner = await operators.person('owner');
  const { one } = await usePeople(fixture.stack).inConflict('alice');
  const { id } = await fixture.user('alice', '小明');
  expect(id).toBe(one.user_id);
  await fixture.user(
    'alice',
    undefined,
    'A device with a long name that does not fit into one line of a phone',
  );
  pages = [
    '',
    'users',
    `users/${id}`,
    'events',
    'keys',
    'webhooks',
    'service-accounts',
    'operators',
    'password',
    'none',
    'doctor',
    // With what the doctor has found.
    'apps',
  ];
});

describe.each(LOOKS)('the console in the %s theme for %s', (colorScheme, locale) => {
  it('has no fault of accessibility on any page of any width, and no page is wider', PATIENTLY, async () => {
    const page = await fixture.open('#/', { person: owner, colorScheme, locale });
    const faults: string[] = [];
    const examine = async (name: string) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        const found = [...(await faultsOf(page)), ...(wide > 0 ? [`${wide} px too wide`] : [])];
        faults.push(...found.map((fault) => `${name} of ${width} px: ${fault}`));
      }
      const words = await page.locator('main').innerText();
      if (locale === 'en-GB' && /\p{Script=Han}/u.test(words.replaceAll(/小明?/g, '')))
        faults.push(`${name} has Chinese words`);
    };
    for (const hash of pages) {
      await page.evaluate(`location.hash = '#/${hash}'`);
      await page.locator('main .loading').first().waitFor({ state: 'detached' });
      if (hash === 'doctor') {
        await page.locator('main .primary').click();
        await page.locator('main .problem').waitFor();
      }
      await examine(`#/${hash}`);
    }

    await page.evaluate(`location.hash = '#/operators'`);
    await page.locator('main .primary').click();
    await page.getByRole('dialog').waitFor();
    await examine('the dialog');

    await page.context().clearCookies();
    await page.reload();
    await page.locator('input[name=password]').waitFor();
    await examine('the sign-in');

    const name = `bob-${colorScheme}-${locale.toLowerCase()}`;
    const { token } = await fixture.stack.service(OperatorsService).invite({ name, role: 'viewer' });
    await page.evaluate(`location.hash = '#/invitation/${token}'`);
    await page.locator('.qr').waitFor();
    await examine('the invitation');
    expect(faults).toEqual([]);
  });
});

it('switches language and theme, and remembers both', async () => {
  const page = await fixture.open('#/users', { person: owner, locale: 'zh-CN', colorScheme: 'light' });
  await page.getByRole('heading', { level: 1, name: '用户' }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByLabel('Theme').selectOption('Dark');
  expect(await ground()).not.toBe(light);
  const dark = await ground();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  expect(await ground()).toBe(dark);
});
