import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { execute, rows } from '../support/rows.js';
import { usePeople } from '../unions/people.js';
import { useConsole } from './console.js';

const fixture = useConsole();
const { operators, stack } = fixture;
const TOKENS = '/cgi-bin/stable_token';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog').last();
const app = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the doctor', () => {
  it('shows that it runs, then each finding with its cause and its fix, also at the mini-program', async () => {
    const page = await fixture.open('#/doctor', { person: await operators.person('operator') });
    await page.getByText('The checks have not run yet.').waitFor();
    await stack.breakWeixin('delay', { ms: 1500 }, TOKENS);
    await button(page, 'Run the checks').click();
    await page.getByText('The checks run.').waitFor();
    expect(await button(page, 'Run the checks').getAttribute('aria-disabled')).toBe('true');
    await page.getByText('1 problem found').waitFor();
    const finding = page.locator('.problem', { hasText: 'jwks_unreachable' });
    expect(await finding.innerText()).toMatch(/Cause\n.*not running[^]*Fix\n/);
    await page.getByRole('row', { name: 'Clock In order' }).waitFor();

    await stack.breakWeixin('errcode', { errcode: 40125 }, TOKENS);
    await fixture.reachable(async () => {
      await button(page, 'Run again').click();
      await page.getByText('2 problems found').waitFor();
    });
    await page.getByRole('link', { name: 'Apps', exact: true }).click();
    const refused = app(page, 'Shop').locator('.problem', { hasText: 'app_refused' });
    expect(await refused.innerText()).toContain('errcode 40125');

    await stack.fixWeixin();
    await page.goBack();
    await fixture.reachable(async () => {
      await button(page, 'Run again').click();
      await page.getByText('No problem found').waitFor();
    });
    await page.goForward();
    await app(page, 'Community').getByText('Nothing found').waitFor();
  });

  it('shows why it could not run, and runs when it is asked again', async () => {
    const page = await fixture.open('#/doctor', { person: await operators.person('owner'), locale: 'zh-CN' });
    await page.route('**/api/admin/doctor', (route) => route.abort(), { times: 1 });
    await button(page, '开始检查').click();
    await page.getByText('服务没有响应').waitFor();
    await button(page, '重试').click();
    // The service answers in the language of the page.
    await page.getByText('JWT_ISSUER 无响应').waitFor();
  });

  it('is closed to viewers, and what one operator has found is not for the next', async () => {
    const owner = await operators.person('owner');
    const viewer = await operators.person('viewer');
    const page = await fixture.open('#/doctor', { person: owner });
    await button(page, 'Run the checks').click();
    await page.getByText('1 problem found').waitFor();
    await button(page, 'Sign out').click();
    const [name = '', value = ''] = (await operators.signIn(viewer)).split('=');
    await page.context().addCookies([{ name, value, url: fixture.url }]);
    await page.reload();
    await page.getByText('Your role (Viewer) does not include this page.').waitFor();
    await page.getByRole('link', { name: 'Apps', exact: true }).click();
    await app(page, 'Shop').waitFor();
    expect(await page.getByText(/Doctor|Run the checks/).count()).toBe(0);
    expect(await button(page, 'Send a test push').count()).toBe(0);
  });
});

describe('a mini-program', () => {
  it('shows its limit and what it has used today', async () => {
    await fixture.user('paul');
    await stack.login({ code: 'none' });
    await stack.service(AuthEventsService).flush();
    const page = await fixture.open('#/apps', { person: await operators.person('viewer') });
    const shop = await app(page, 'Shop').innerText();
    expect(shop).toMatch(/3,000 per minute[^]*Logins 1[^]*Refused 1[^]*Phone numbers 0[^]*Configured/);
    expect(await app(page, 'Community').innerText()).toMatch(/None[^]*Logins 0[^]*Not configured/);
  });

  it('gets a test push, and the dialog names what keeps it away', async () => {
    const page = await fixture.open('#/apps', { person: await operators.person('operator') });
    await button(page, 'Send a test push').click();
    const send = dialog(page).getByRole('button', { name: 'Send a test push' });
    await send.click();
    await dialog(page).getByText('jwks_unreachable').waitFor();
    await fixture.reachable(async () => {
      await send.click();
      await page.getByText('The test push has arrived.').waitFor();
    });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('the signing keys', () => {
  const keysOf = async () =>
    Object.fromEntries(
      (await rows(stack.databaseUrl, 'SELECT id, state FROM signing_keys')).map(({ id, state }) => [
        state,
        id,
      ]),
    ) as Record<string, string>;

  it('are rotated after a fresh code, once the next one has been published for long enough', async () => {
    const owner = await operators.person('owner');
    const before = await keysOf();
    await execute(stack.databaseUrl, `UPDATE signing_keys SET created_at = 1 WHERE state = 'next'`);
    const page = await fixture.open('#/keys', { person: owner });
    await button(page, 'Rotate the keys').click();
    await dialog(page).getByRole('button', { name: 'Rotate the keys' }).click();
    await fixture.stepUp(page, owner);
    await page.getByText('The keys are rotated.').waitFor();
    await page.getByRole('row', { name: new RegExp(`${before['next'] ?? ''} Current`) }).waitFor();
    await page.getByRole('row', { name: new RegExp(`${before['current'] ?? ''} Previous`) }).waitFor();
  });

  it('are dropped if one of them is compromised, after the dialog has named it and said what happens', async () => {
    const owner = await operators.person('owner');
    const { access } = await fixture.user('quinn');
    const { current = '', next = '' } = await keysOf();
    const page = await fixture.open('#/keys', { person: owner });
    await button(page, `The key ${current} is compromised`).click();
    await dialog(page)
      .getByRole('heading', { name: `The key ${current} is compromised` })
      .waitFor();
    await dialog(page).getByText('Every access token that they have signed becomes invalid.').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    expect((await stack.knock(access))[0]).toBe(200);
    await button(page, `The key ${current} is compromised`).click();
    await dialog(page).getByRole('button', { name: 'Drop the keys' }).click();
    await fixture.stepUp(page, owner);
    await page.getByText('The compromised keys are dropped.').waitFor();
    await page.getByRole('row', { name: new RegExp(`${next} Current`) }).waitFor();
    expect(await page.getByText(current).count()).toBe(0);
    await expect.poll(() => stack.knock(access), { timeout: 10_000 }).toEqual([401, 'token_invalid']);
  });
});

it('leads from a user to the others who are the same person', async () => {
  const { one, two } = await usePeople(stack).inConflict('ruth');
  const page = await fixture.open(`#/users/${one.user_id}`, { person: await operators.person('viewer') });
  await page.getByText('Same person').waitFor();
  await page.locator(`.offers a[href="#/users/${two.user_id}"]`).click();
  await page.getByText(two.user_id, { exact: true }).waitFor();
});
