import { Problem } from 'weapp-passport-client';
import { TIMEOUT_MS } from '../config';
import { passport } from '../passport';
import { givenConsents } from './consents';
import type { Consent } from './consents';
import { timeInWords } from './time';

/** What the page 账号与隐私 shows. */
export interface Privacy {
  /** When the account is erased, in words; `''` if no deletion is pending. */
  deletesAt: string;
  coolingOffDays: number;
  consents: Consent[];
}

const DELETION = '/api/me/deletion';
const CONSENTS = '/api/me/consents';

/**
 * Requests the state of the deletion and the consents.
 * @throws {Problem} as `request`
 */
export async function loadPrivacy(userId: string): Promise<Privacy> {
  const [deletion, consents] = await Promise.all([
    passport.request({ path: DELETION, userId }),
    passport.request({ path: CONSENTS, userId }),
  ]);
  const { deletes_at, cooling_off_days } = deletion.body;
  return {
    deletesAt: deletes_at === null ? '' : timeInWords(deletes_at),
    coolingOffDays: cooling_off_days,
    consents: givenConsents(consents.body.items),
  };
}

/**
 * Returns everything that the service stores of the user, as JSON.
 * @throws {Problem} `login_code_foreign`, `wx_login_failed`, or as `request`
 */
export async function exportData(userId: string): Promise<string> {
  const code = await loginCode();
  const answer = await passport.request({ method: 'POST', path: '/api/me/export', userId, body: { code } });
  return JSON.stringify(answer.body, null, 2);
}

/**
 * Requests the deletion of the account. The service logs out all devices, and this phone stays logged out until the user logs in.
 * @returns when the account is erased, in words
 * @throws {Problem} `login_code_foreign`, `deletion_pending`, `wx_login_failed`, or as `request`
 */
export async function requestDeletion(userId: string): Promise<string> {
  const code = await loginCode();
  const answer = await passport.request({ method: 'POST', path: DELETION, userId, body: { code } });
  try {
    // The client asks why its token is refused, and stores the reason: each page shows it, also after a restart.
    await passport.request({ path: DELETION, userId });
  } catch (error) {
    console.warn(error);
  }
  // Without a network it does not know the reason.
  if (passport.currentUser()?.id === userId) void passport.logout();
  return timeInWords(answer.body.deletes_at);
}

/**
 * Cancels the deletion.
 * @throws {Problem} `deletion_not_requested`, or as `request`
 */
export async function cancelDeletion(userId: string): Promise<void> {
  await passport.request({ method: 'DELETE', path: DELETION, userId });
}

/**
 * Withdraws a consent. If a login needs it, all devices are logged out.
 * @throws {Problem} `consent_not_given`, or as `request`
 */
export async function withdrawConsent(userId: string, kind: string): Promise<void> {
  await passport.request({ method: 'DELETE', path: `${CONSENTS}/${kind}`, userId });
}

/**
 * Gets a login code, which proves that the owner of this WeChat account acts.
 * @throws {Problem} `wx_login_failed`, also if WeChat reports success without a code, or does not answer
 */
function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      reject(new Problem('wx_login_failed', 0, reason));
    };
    setTimeout(() => {
      fail('no answer');
    }, TIMEOUT_MS);
    wx.login({
      success: ({ code }) => {
        if (code) resolve(code);
        else fail('success without a code');
      },
      fail: ({ errMsg }) => {
        fail(errMsg);
      },
    });
  });
}
