import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../admin/operators/operators.js';
import { phoneCode } from '../phone/people.js';
import { rows } from '../support/rows.js';
import { useConsole } from './console.js';

const fixture = useConsole();
const { operators, stack } = fixture;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog').last();

describe('a user', () => {
  let owner: Person;
  beforeAll(async () => {
    owner = await operators.person('owner');
  });

  it('is found by the beginning of the nickname, and by a phone number that is in no address', async () => {
    const { id } = await fixture.user('dora', 'Dora');
    const page = await fixture.open('#/users', { person: owner });
    await page.getByRole('searchbox').fill('Dor');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /Dora/ }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/users?q=Dor');
    await page.getByRole('searchbox').fill('13800138000');
    await page.keyboard.press('Enter');
    await page.getByText('No user has exactly this.').waitFor();
    expect(page.url()).not.toContain('138');
    await button(page, 'Clear').click();
    await page.getByRole('link', { name: /Dora/ }).click();
    await page.getByText(id, { exact: true }).waitFor();
  });

  it('shows openids after a fresh code only, which the audit log has', async () => {
    const { id } = await fixture.user('erin', 'Erin');
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    await button(page, 'Reveal openids and unionids').click();
    await fixture.stepUp(page, owner);
    const openid = page.locator('dt:text-is("openid") + dd code');
    const [stored] = await rows(
      stack.databaseUrl,
      `SELECT openid FROM weixin_identities WHERE user_id = '${id}'`,
    );
    expect(await openid.textContent()).toBe(stored?.['openid']);
    await page.reload();
    await page.getByRole('cell', { name: 'Identities revealed' }).waitFor();
    expect(await openid.count()).toBe(0);
  });

  it('shows the whole phone number after a fresh code only, which the audit log has', async () => {
    const { id, access } = await fixture.user('sara', 'Sara');
    const code = await phoneCode(stack, { user: 'sara', phone: '13800138123' });
    await stack.call('/api/me/phone', { token: access, json: { code } });
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    await page.getByText('138****8123').waitFor();
    await button(page, 'Reveal the phone number').click();
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
    expect(await page.content()).not.toContain('13800138123');
    await page.keyboard.press('Escape');
    await page.getByText('138****8123').waitFor();
    await button(page, 'Reveal the phone number').click();
    await fixture.stepUp(page, owner);
    await page.getByText('+8613800138123').waitFor();
    await page.reload();
    await page.getByRole('cell', { name: 'Phone revealed' }).waitFor();
    expect(await page.content()).not.toContain('13800138123');
  });

  it('loses one session, or all', async () => {
    const { id } = await fixture.user('frank', 'Frank', 'iPad');
    await fixture.user('frank', undefined, 'Watch');
    await fixture.user('frank', undefined, 'Phone');
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    await button(page, 'End the session on iPad').click();
    await dialog(page).getByRole('button', { name: 'End' }).click();
    await page.getByText('The session has ended.').waitFor();
    expect(await page.getByRole('cell', { name: /iPad/ }).count()).toBe(0);
    await button(page, 'End all').click();
    await page.getByText('2 device(s) have to log in again.').waitFor();
    await dialog(page).getByRole('button', { name: 'End all' }).click();
    await page.getByText('Not logged in anywhere.').waitFor();
  });

  it('is disabled with a reason and a time, and enabled again', async () => {
    const { id } = await fixture.user('gina', 'Gina');
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    await button(page, 'Disable').click();
    await dialog(page).getByLabel('Reason').fill('spam');
    await dialog(page).getByLabel('Until').fill('2099-01-01T08:00');
    await dialog(page).getByRole('button', { name: 'Disable Gina' }).click();
    await page.getByText('Enabled again at').waitFor();
    await button(page, 'Enable').click();
    await dialog(page).getByRole('button', { name: 'Enable Gina' }).click();
    await button(page, 'Disable').waitFor();
  });

  it('has claims that are checked while they are typed, and by the service', async () => {
    const { id } = await fixture.user('hugo', 'Hugo');
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    const claims = page.getByLabel('Claims as JSON');
    await claims.fill('{"role": ');
    await page.getByText('Not JSON:').waitFor();
    expect(await claims.getAttribute('aria-invalid')).toBe('true');
    await claims.fill('[]');
    await page.getByText('It must be an object').waitFor();
    await claims.fill('{"openid": "x"}');
    await button(page, 'Save claims').click();
    await page.getByText('claim_reserved').waitFor();
    await claims.fill('{"role": "editor"}');
    await button(page, 'Save claims').click();
    await page.getByText('The claims are saved.').waitFor();
    await page.reload();
    expect(JSON.parse(await claims.inputValue())).toEqual({ role: 'editor' });
  });

  it('is deleted after a fresh code, which can be cancelled', async () => {
    const { id } = await fixture.user('iris', 'Iris');
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    await button(page, 'Delete').click();
    await dialog(page).getByRole('button', { name: 'Delete Iris' }).click();
    await fixture.stepUp(page, owner);
    await page.getByText('Erased at').waitFor();
    await button(page, 'Cancel the deletion').click();
    await dialog(page).getByRole('button', { name: 'Cancel the deletion' }).click();
    await page.getByText('The deletion is cancelled.').waitFor();
    await button(page, 'Delete').waitFor();
  });

  it('is text wherever it has written HTML: nickname, device, user agent and claims', async () => {
    const html = (name: string) => `<img src=x onerror=window.${name}=1>`;
    const { id } = await fixture.user('mallory', html('nickname'), html('device'));
    const page = await fixture.open(`#/users/${id}`, { person: owner });
    await page.getByLabel('Claims as JSON').fill(JSON.stringify({ role: html('claims') }));
    await button(page, 'Save claims').click();
    await page.getByText('The claims are saved.').waitFor();
    await fixture.stack.call('/api/weixin/login/', {
      json: { code: await stack.code('mallory') },
      headers: { 'user-agent': html('agent') },
    });
    for (const hash of [`#/users/${id}`, '#/users', '#/events']) {
      await page.goto(`${fixture.url}/${hash}`);
      await page.reload();
      await page.getByText('<img src=x onerror=').first().waitFor();
      expect(await page.locator('img').count()).toBe(0);
    }
    await page.goto(`${fixture.url}/#/users/${id}`);
    await button(page, 'Disable').click();
    await dialog(page)
      .getByRole('heading', { name: html('nickname') })
      .waitFor();
    const run = await page.evaluate(
      `['nickname', 'device', 'claims', 'agent'].filter((name) => name in window)`,
    );
    expect(run).toEqual([]);
  });
});
