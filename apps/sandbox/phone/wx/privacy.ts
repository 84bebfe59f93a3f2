import { app } from 'mini-program:code';
import { html, htmlButton } from '../html.js';
import { APPID } from '../link.js';
import { PHONE_ID, USER } from '../runtime/phone.js';
import { openSheet } from '../runtime/sheet.js';
import { answer, type Callbacks, Failure } from './callbacks.js';

const KEY = `privacy/${PHONE_ID}/${APPID}/${USER}`;
const CONTRACT = '《待办清单用户隐私保护指引》';

type Resolve = (answer: { event: 'agree' | 'disagree' | 'exposureAuthorization'; buttonId?: string }) => void;
type Listener = (resolve: Resolve, info: { referrer: string }) => void;

let listener: Listener | undefined;

/**
 * Asks the user for consent, unless it was given or the mini-program does not ask for the check
 * (`"__usePrivacyCheck__": true`). A mini-program that listens draws the question itself, else the phone does.
 * @param referrer what needs the consent
 * @throws {Failure} errno 104: the user refused
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export async function consent(referrer: string): Promise<void> {
  if (!needsConsent()) return;
  const agreed = listener ? await askMiniProgram(listener, referrer) : await askUser();
  if (!agreed) throw new Failure('privacy permission is not authorized', { errno: 104 });
  agree();
}

/** Notes that the user has agreed, on this phone. */
export function agree(): void {
  localStorage.setItem(KEY, 'agreed');
}

export const privacyFunctions = {
  onNeedPrivacyAuthorization: (given: Listener) => {
    listener = given;
  },
  offNeedPrivacyAuthorization: () => {
    listener = undefined;
  },
  getPrivacySetting: (options?: Callbacks) =>
    answer('getPrivacySetting', options, () => ({
      needAuthorization: needsConsent(),
      privacyContractName: CONTRACT,
    })),
  requirePrivacyAuthorize: (options?: Callbacks) =>
    answer('requirePrivacyAuthorize', options, () =>
      consent('requirePrivacyAuthorize').then(() => undefined),
    ),
  openPrivacyContract: (options?: Callbacks) =>
    answer('openPrivacyContract', options, () => {
      void openSheet('bottom', CONTRACT, (choose) => [
        html('p', 'bottom-title', CONTRACT),
        html('p', 'bottom-text', '沙箱里没有真实的隐私指引：在小程序后台填写的内容会显示在这里。'),
        htmlButton('bottom-item bottom-cancel', '返回', () => choose()),
      ]);
      return undefined;
    }),
};

function needsConsent(): boolean {
  return app.__usePrivacyCheck__ === true && localStorage.getItem(KEY) === null;
}

function askMiniProgram(ask: Listener, referrer: string): Promise<boolean> {
  return new Promise((resolve) => {
    ask(
      ({ event }) => {
        if (event !== 'exposureAuthorization') resolve(event === 'agree');
      },
      { referrer },
    );
  });
}

async function askUser(): Promise<boolean> {
  const choice = await openSheet('bottom', '用户隐私保护提示', (choose) => [
    html('p', 'bottom-title', '用户隐私保护提示'),
    html('p', 'bottom-text', `使用前请阅读并同意${CONTRACT}。`),
    htmlButton('bottom-item', '同意', () => choose(1)),
    htmlButton('bottom-item bottom-cancel', '拒绝', () => choose()),
  ]);
  return choice === 1;
}
