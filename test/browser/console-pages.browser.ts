import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { APPID, serviceToken } from '../admin/admin.js';
import { type ReceivedRequest, useHttpReceiver } from '../support/http-receiver.js';
import { useConsole } from './console.js';

const fixture = useConsole();
const { operators, stack } = fixture;
const received: ReceivedRequest[] = [];
const receiver = useHttpReceiver((request, response) => {
  received.push(request);
  response.writeHead(204).end();
});
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog').last();

describe('the events', () => {
  it('appear by themselves at the top, and move nothing that somebody reads further down', async () => {
    const person = await operators.person('viewer');
    for (let round = 0; round < 30; round++) await fixture.user('olga', undefined, `Device ${round % 3}`);
    await stack.service(AuthEventsService).flush();
    const page = await fixture.open('#/events?kind=login', { person });
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    const before = await rows.count();
    await fixture.user('olga');
    await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(before + 1);
    await page.evaluate('scrollTo(0, 600)');
    const read = rows.nth(12);
    const top = (await read.boundingBox())?.y;
    const text = await read.textContent();
    await fixture.user('olga');
    const newer = button(page, 'Show newer events: 1');
    await newer.waitFor();
    expect([await read.textContent(), await rows.count()]).toEqual([text, before + 1]);
    expect(Math.abs(((await read.boundingBox())?.y ?? 0) - (top ?? 0))).toBeLessThan(2);
    await newer.click();
    await expect.poll(() => rows.count()).toBe(before + 2);
  });

  it('can be filtered by the form, whose values are in the address, and exported', async () => {
    const person = await operators.person('viewer');
    const page = await fixture.open('#/events', { person });
    await page.getByLabel('Event', { exact: true }).selectOption('Login refused');
    await button(page, 'Apply').click();
    await page.getByRole('link', { name: 'Clear' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/events?kind=login_refused');
    await page.getByText('No event matches.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
  });
});

it('adds a webhook, tests it, sends an event again, rotates the secret, and removes it', async () => {
  const person = await operators.person('owner');
  const page = await fixture.open('#/webhooks', { person });
  await button(page, 'Add a webhook').first().click();
  await dialog(page).getByLabel('Address').fill(receiver.url);
  await dialog(page).getByLabel('user.disabled').check();
  await dialog(page).getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByText(/^whsec_/).waitFor();
  await button(page, 'I have stored it').click();
  await page.getByRole('link', { name: receiver.url }).click();
  await button(page, 'Send a test').click();
  await dialog(page).getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('Delivered: the receiver answered 204.').waitFor();

  const ids = () =>
    received.filter(({ body }) => body.includes('user.disabled')).map(({ headers }) => headers['webhook-id']);
  const { id } = await fixture.user('tom');
  await stack.users.disable(id);
  await expect.poll(ids, { timeout: 30_000 }).toHaveLength(1);
  const again = page.getByRole('button', { name: /^Send user.disabled again/ });
  await expect
    .poll(async () => {
      await button(page, 'Refresh').click();
      return again.count();
    })
    .toBe(1);
  await again.click();
  await dialog(page).getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Waiting again: 1').waitFor();
  await expect.poll(ids, { timeout: 30_000 }).toHaveLength(2);
  expect(ids()[1]).toBe(ids()[0]);

  await button(page, 'Rotate the secret').click();
  await dialog(page).getByRole('button', { name: 'Rotate the secret' }).click();
  await fixture.stepUp(page, person);
  await page.getByText(/^whsec_/).waitFor();
  await button(page, 'I have stored it').click();

  await button(page, 'Remove').click();
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No webhook yet.').waitFor();
});

it('explains why keys cannot be rotated yet', async () => {
  const owner = await operators.person('owner');
  const page = await fixture.open('#/keys', { person: owner });
  await page.getByRole('cell', { name: /Current/ }).waitFor();
  await button(page, 'Rotate the keys').click();
  await dialog(page).getByRole('button', { name: 'Rotate the keys' }).click();
  await fixture.stepUp(page, owner);
  await page.getByText('key_rotation_too_early').waitFor();
});

it('adds a service account, whose secret works and is shown once, and revokes it', async () => {
  const owner = await operators.person('owner');
  const page = await fixture.open('#/service-accounts', { person: owner });
  await page.getByText('No service account yet.').waitFor();
  await button(page, 'Add a service account').click();
  await dialog(page).getByLabel('Name').fill('shop');
  await dialog(page).getByLabel('apps:read').check();
  await dialog(page).getByLabel(APPID).check();
  await dialog(page).getByRole('button', { name: 'Add a service account' }).click();
  await fixture.stepUp(page, owner);
  const shown = page.getByRole('dialog', { name: 'The credentials' });
  await shown.waitFor();
  const [clientId = '', clientSecret = ''] = await shown.locator('code').allTextContents();
  const token = () => serviceToken(stack, { clientId, clientSecret });
  expect(await token()).toMatch(/^eyJ/);
  await button(page, 'I have stored it').click();
  expect(await page.content()).not.toContain(clientSecret);
  await button(page, 'Revoke shop').click();
  await dialog(page).getByRole('button', { name: 'Revoke shop' }).click();
  await page.getByText('shop is revoked.').waitFor();
  // Within two seconds.
  await expect.poll(token, { timeout: 5000 }).toBe('undefined');
});

it('shows a pending invitation until it is withdrawn, after a code', async () => {
  const owner = await operators.person('owner');
  const page = await fixture.open('#/operators', { person: owner });
  await button(page, 'Invite an operator').click();
  await dialog(page).getByLabel('Name').fill('judy');
  await dialog(page).getByRole('button', { name: 'Invite an operator' }).click();
  await fixture.stepUp(page, owner);
  const link = page.getByRole('dialog', { name: 'The invitation' });
  const address = (await link.locator('code').textContent()) ?? '';
  const [, token = ''] = /#\/invitation\/([\w-]{43})$/.exec(address) ?? [];
  await button(page, 'I have stored it').click();
  const pending = page.getByRole('table', { name: 'Pending invitations' });
  await pending.getByRole('cell', { name: 'judy', exact: true }).waitFor();
  expect((await operators.open(token)).status).toBe(200);
  await button(page, 'Withdraw the invitation of judy').click();
  await dialog(page).getByRole('button', { name: 'Withdraw the invitation of judy' }).click();
  await page.getByText('The invitation of judy is withdrawn.').waitFor();
  await pending.waitFor({ state: 'detached' });
  expect((await operators.open(token)).status).toBe(404);
});
