import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OperatorsService } from '../../libs/admin/src/index.js';
import { PASSWORD } from '../admin/operators/operators.js';
import { useConsole } from './console.js';

const fixture = useConsole();
const { operators, stack } = fixture;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const h1 = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const dialog = (page: Page) => page.getByRole('dialog').last();
/** What a reader can use on the page, from its heading on, which has the focus. */
const FIND_CONTROLS = `{
  window.controls = [...document.querySelectorAll('main :is(a[href], button, input, select, textarea)')]
    .filter((element) => element.checkVisibility());
  document.querySelector('h1').focus();
}`;
/** As on a busy machine: what waits for a frame or a timer runs long after an answer of the service. */
const LATE_FRAMES = `{
  const later = setTimeout;
  window.setTimeout = (run, ms = 0, ...rest) => later(run, ms + 3000, ...rest);
  window.requestAnimationFrame = (run) => later(() => run(performance.now()), 3000);
}`;

it('says which command makes the first operator, and goes on by itself once there is one', async () => {
  const page = await fixture.open('');
  await h1(page, 'No operator yet').waitFor();
  await page.getByText('npm run -s passport -- operators invite alice').waitFor();
  await operators.person('viewer');
  await h1(page, 'Sign in').waitFor();
});

it('leads an invited person to a password and an authenticator app, and signs them in', async () => {
  const { token } = await stack.service(OperatorsService).invite({ name: 'carol', role: 'owner' });
  const page = await fixture.open(`#/invitation/${token}`);
  await h1(page, 'Welcome, carol').waitFor();
  await page.getByRole('img', { name: 'QR code' }).waitFor();
  const secret = (await page.locator('.steps .copyable code').first().textContent()) ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('recovery-codes-carol.txt');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill('something else entirely');
  await page.getByText('The two passwords differ.').waitFor();
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Code' }).fill(operators.codeOf(secret));
  await button(page, 'Accept the invitation').click();
  await h1(page, 'Overview').waitFor();
  expect(page.url()).toBe(`${fixture.url}/#/`);

  const again = await fixture.open(`#/invitation/${token}`);
  await again.getByText('invitation_invalid').waitFor();
});

it('shows the page if the service answers before the first frame', async () => {
  const person = await operators.person('operator');
  const page = await fixture.open('#/users', { person });
  await page.addInitScript(LATE_FRAMES);
  await page.reload();
  await h1(page, 'Users').waitFor();
});

describe('an operator', () => {
  it('signs in, finds a user and disables it by the keyboard alone', async () => {
    const person = await operators.person('operator');
    const { id } = await fixture.user('kate', 'Kate');
    await operators.forgetCodes();
    const page = await fixture.open(`#/users?q=Kate`);
    await h1(page, 'Sign in').waitFor();
    const focused = () =>
      page.evaluate<string>(
        `document.activeElement.ariaLabel || document.activeElement.textContent || document.activeElement.name`,
      );
    const tabTo = async (name: string) => {
      for (let steps = 0; (await focused()).trim() !== name; steps++) {
        expect(steps, `Tab never reaches ${name}`).toBeLessThan(40);
        await page.keyboard.press('Tab');
      }
      // What has the focus is outlined.
      expect(await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid');
    };
    for (const [name, value] of [
      ['name', person.name],
      ['password', PASSWORD],
      ['code', operators.codeOf(person.secret)],
    ] as const) {
      await tabTo(name);
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    // The page that was wanted.
    await h1(page, 'Users').waitFor();
    await page.getByRole('link', { name: /Kate/ }).waitFor();
    await page.keyboard.press('Tab');
    for (let steps = 0; !(await focused()).startsWith('KKate'); steps++) {
      expect(steps, 'Tab never reaches the user').toBeLessThan(40);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await h1(page, 'Kate').waitFor();
    await tabTo('Disable');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Disable');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await tabTo('Disable Kate');
    await page.keyboard.press('Enter');
    await button(page, 'Enable').waitFor();
    expect((await stack.users.find(id))?.disabledAt).toBeGreaterThan(0);
  });

  it('reaches each control of every page by Tab, and sees where the focus is', async () => {
    const person = await operators.person('owner');
    await fixture.user('uma', 'Uma');
    const page = await fixture.open('#/', { person });
    const menu = page.getByRole('navigation', { name: 'Menu' });
    const names = await menu.getByRole('link').allTextContents();
    expect(names).toContain('Doctor');
    for (const name of names) {
      const link = menu.getByRole('link', { name, exact: true });
      await link.focus();
      await page.keyboard.press('Enter');
      await menu.locator('[aria-current]', { hasText: name }).waitFor();
      await page.locator('main .loading').first().waitFor({ state: 'detached' });
      await page.evaluate(FIND_CONTROLS);
      const count = await page.evaluate<number>('controls.length');
      const reached = new Set<number>();
      // An input of a time has several stops.
      for (let steps = 0; reached.size < count && steps < 6 * count; steps++) {
        await page.keyboard.press('Tab');
        const [index, outline] = await page.evaluate<[number, string]>(
          `[controls.indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle]`,
        );
        if (index >= 0) reached.add(index);
        expect([name, index, outline]).toEqual([name, index, 'solid']);
      }
      expect([name, [...reached]]).toEqual([name, Array.from({ length: count }, (_, index) => index)]);
    }
  });

  it('whose session has ended signs in again and is back on the same page', async () => {
    const person = await operators.person('operator');
    const { id } = await fixture.user('liam', 'Liam');
    const page = await fixture.open(`#/users/${id}`, { person });
    await h1(page, 'Liam').waitFor();
    await page.context().clearCookies();
    // Not by the link: a request that is still under way may end the session first.
    await page.evaluate(`location.hash = '#/users'`);
    await h1(page, 'Sign in').waitFor();
    await page.goBack();
    await operators.forgetCodes();
    await page.getByLabel('Name').fill(person.name);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await button(page, 'Sign in').click();
    await page.getByText('operator_credentials_invalid').waitFor();
    await operators.forgetAttempts();
    await page.getByRole('textbox', { name: 'Code' }).fill(operators.codeOf(person.secret));
    await button(page, 'Sign in').click();
    await h1(page, 'Liam').waitFor();
    await button(page, 'Sign out').click();
    await h1(page, 'Sign in').waitFor();
  });

  it('who is a viewer sees no way to change anything, and not the pages of others', async () => {
    const person = await operators.person('viewer');
    const { id } = await fixture.user('mia', 'Mia');
    const page = await fixture.open(`#/users/${id}`, { person });
    await h1(page, 'Mia').waitFor();
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    for (const name of ['Disable', 'Delete', 'End all', /^Reveal/, 'Save claims'])
      expect([name, await button(page, name).count()]).toEqual([name, 0]);
    const menu = page.getByRole('navigation', { name: 'Menu' }).getByRole('link');
    expect(await menu.allTextContents()).toEqual(['Overview', 'Users', 'Events', 'Apps']);
    await page.goto(`${fixture.url}/#/keys`);
    await page.getByText('Your role (Viewer) does not include this page.').waitFor();
  });

  it('invites another one by a link that is shown once, and removes that person', async () => {
    const owner = await operators.person('owner');
    const page = await fixture.open('#/operators', { person: owner });
    await button(page, 'Invite an operator').click();
    await dialog(page).getByLabel('Name').fill('nora');
    await dialog(page).getByRole('button', { name: 'Invite an operator' }).click();
    await fixture.stepUp(page, owner);
    const link = (await dialog(page).locator('code').textContent()) ?? '';
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/invitation\/[\w-]{43}$/);
    const other = await fixture.open(new URL(link).hash);
    await h1(other, 'Welcome, nora').waitFor();
    await operators.accept(link.split('/').at(-1) ?? '');
    await button(page, 'I have stored it').click();
    await page.reload();
    await button(page, 'Remove nora').click();
    await dialog(page).getByRole('button', { name: 'Remove nora' }).click();
    await page.getByText('nora is removed.').waitFor();
    expect(await page.getByRole('cell', { name: 'nora' }).count()).toBe(0);
  });

  it('changes the own password, which ends the sessions in other browsers', async () => {
    const person = await operators.person('viewer');
    const elsewhere = await operators.signIn(person);
    const page = await fixture.open('#/', { person });
    await page.getByRole('link', { name: person.name }).click();
    await h1(page, person.name).waitFor();
    const change = async (old: string, next: string) => {
      await operators.forgetCodes();
      await page.getByLabel('Current password').fill(old);
      await page.getByLabel('New password').fill(next);
      await page.getByRole('textbox', { name: 'Code' }).fill(operators.codeOf(person.secret));
      await button(page, 'Change the password').click();
    };
    const next = 'a new battery for the old horse';
    await change('not the password of anyone', next);
    await page.getByText('operator_credentials_invalid').waitFor();
    expect(await operators.sessionOf(elsewhere)).toBe(200);
    await change(PASSWORD, next);
    await page.getByText('The password is changed. Your other sessions have ended.').waitFor();
    expect(await operators.sessionOf(elsewhere)).toEqual([401, expect.any(String)]);
    await button(page, 'Sign out').click();
    await h1(page, 'Sign in').waitFor();
    await operators.forgetCodes();
    await operators.forgetAttempts();
    await page.getByLabel('Name').fill(person.name);
    await page.getByLabel('Password').fill(next);
    await page.getByRole('textbox', { name: 'Code' }).fill(operators.codeOf(person.secret));
    await button(page, 'Sign in').click();
    await button(page, 'Sign out').waitFor();
  });
});
