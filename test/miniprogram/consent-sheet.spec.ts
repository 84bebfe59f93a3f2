import { describe, expect, it } from 'vitest';
import { type LoginBody, useStack } from '../support/stack.js';
import { launch } from './twin/mini-program.js';
import { Phone } from './twin/phone.js';

interface Tab {
  data: { phase: string; required: object[] };
  onShow(): Promise<void>;
  onLogin(): Promise<void>;
  onRefusal(): void;
}

interface AccountPage {
  data: { phase: string; message: string; privacy: { consents: object[] } };
  onShow(): Promise<void>;
  onWithdraw(event: { currentTarget: { dataset: { kind: string; name: string } } }): Promise<void>;
}

interface ConsentSheet {
  data: { required: object[]; busy: boolean };
  triggerEvent(name: string): void;
  open(event: { currentTarget: { dataset: { kind: string } } }): void;
  agree(): Promise<void>;
  refuse(): void;
}

describe('the sheet of the consents', () => {
  const PRIVACY = { kind: 'privacy', version: '3' };
  const stack = useStack({ CONSENT_REQUIRED: 'privacy:3' });
  /** Opens a tab, and the sheet as the tab shows it. Both belong to one launch. */
  const asked = async (phone: Phone, name: 'me' | 'index') => {
    const program = launch(phone);
    const tab = program.open(name) as Tab;
    await tab.onShow();
    const sheet = program.open('consent') as ConsentSheet;
    const events: string[] = [];
    sheet.triggerEvent = (event) => events.push(event);
    Object.assign(sheet.data, { required: tab.data.required, busy: false });
    return { tab, sheet, events };
  };

  it.each(['me', 'index'] as const)('of the page %s logs in with the consents, once', async (name) => {
    const phone = new Phone(stack, `new-${name}`);
    const { tab, sheet, events } = await asked(phone, name);
    expect(tab.data.required).toEqual([PRIVACY]);
    expect(tab.data.phase).toBe('error');
    await Promise.all([sheet.agree(), sheet.agree()]);
    expect(events).toEqual(['done']);
    await tab.onLogin();
    expect(tab.data).toMatchObject({ phase: 'ready', required: [] });
    const page = launch(phone).open('account') as AccountPage;
    await page.onShow();
    expect(page.data.privacy.consents).toMatchObject([{ kind: 'privacy' }]);
  });

  it('shows the page of the mini-program that has the text, else the privacy guide in WeChat', async () => {
    const phone = new Phone(stack, 'reader');
    const { sheet } = await asked(phone, 'me');
    sheet.open({ currentTarget: { dataset: { kind: 'privacy' } } });
    sheet.open({ currentTarget: { dataset: { kind: 'unknown' } } });
    const program = launch(phone);
    program.consentTexts['privacy'] = { name: '隐私政策', page: '/pages/privacy/index' };
    (program.open('consent') as ConsentSheet).open({ currentTarget: { dataset: { kind: 'privacy' } } });
    expect(phone.pages).toEqual(['用户隐私保护指引', '用户隐私保护指引', '/pages/privacy/index']);
  });

  it('logs no person in after a refusal, and says so', async () => {
    const phone = new Phone(stack, 'refusing');
    const { tab, sheet, events } = await asked(phone, 'me');
    sheet.refuse();
    tab.onRefusal();
    expect(tab.data).toMatchObject({ phase: 'error', required: [] });
    expect([events, phone.toasts]).toEqual([['refuse'], ['同意后才能登录']]);
    const login = await stack.login<LoginBody & { code?: string }>({ code: await stack.code('refusing') });
    expect(login.body.code).toBe('consent_required');
  });

  it('asks for the version that the service requires now', async () => {
    const phone = new Phone(stack, 'slow-reader');
    const { sheet, events } = await asked(phone, 'me');
    sheet.data.required = [{ kind: 'privacy', version: '2' }];
    await sheet.agree();
    expect(sheet.data).toMatchObject({ required: [PRIVACY], busy: false });
    expect(events).toEqual([]);
    await sheet.agree();
    expect(events).toEqual(['done']);
  });

  it('appears again after the withdrawal of a consent that a login needs', async () => {
    const phone = new Phone(stack, 'withdrawing');
    const { sheet } = await asked(phone, 'me');
    await sheet.agree();
    const page = launch(phone).open('account') as AccountPage;
    await page.onShow();
    await page.onWithdraw({ currentTarget: { dataset: { kind: 'privacy', name: '隐私政策' } } });
    expect(phone.toasts).toEqual(['已撤回']);
    expect(page.data).toMatchObject({ phase: 'error', message: '同意后才能登录', privacy: { consents: [] } });
    const { tab } = await asked(phone, 'me');
    expect(tab.data.required).toEqual([PRIVACY]);
  });
});
