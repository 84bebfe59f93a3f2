import { TIMEOUT_MS } from '../config';
import { delay } from './delay';
import { Problem } from './errors';

/** WeChat refuses the fifth `wx.login` of a user within a second. */
const CALLS_PER_SECOND = 4;

/** More than a second: the phone's clock and WeChat's do not agree to the millisecond. */
const WINDOW_MS = 1100;

const callsAtMs: number[] = [];

/**
 * Asks WeChat for a login code: valid for five minutes, usable once. Waits where WeChat's limit asks for it.
 * @throws {Problem} `wx_login_failed`, also when WeChat reports success without a code, or does not answer
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export async function loginCode(): Promise<string> {
  await turn();
  return new Promise((resolve, reject) => {
    const fail = ({ errMsg }: { errMsg: string }) => {
      clearTimeout(timer);
      reject(new Problem('wx_login_failed', 0, errMsg));
    };
    // Not every platform keeps to the timeout that it is given.
    const timer = setTimeout(fail, TIMEOUT_MS + 500, { errMsg: 'login:fail no answer' });
    wx.login({
      timeout: TIMEOUT_MS,
      success: (result) => {
        if (!result.code) {
          fail(result);
          return;
        }
        clearTimeout(timer);
        resolve(result.code);
      },
      fail,
    });
  });
}

async function turn(): Promise<void> {
  const agoMs = Date.now() - (callsAtMs[callsAtMs.length - CALLS_PER_SECOND] ?? -Infinity);
  // A negative age: the clock was set back.
  if (agoMs >= 0 && agoMs < WINDOW_MS) await delay(WINDOW_MS - agoMs);
  callsAtMs.push(Date.now());
  callsAtMs.splice(0, callsAtMs.length - CALLS_PER_SECOND);
}
