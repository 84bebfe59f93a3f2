import { callPort } from './call-port.js';
import type { Callbacks } from './call-port.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import type { Port } from './port.js';
import { Problem } from './problem.js';
import { delay, remainingMs } from './timers.js';

/** WeChat refuses the fifth `wx.login` of a user within a second. */
const CALLS_PER_SECOND = 4;

/** Slightly more than a second, because the phone's clock and WeChat's clock differ. */
const WINDOW_MS = 1100;

/**
 * Returns a function that gets a login code from WeChat. A code is valid for five minutes and works once. The function waits
 * if the call would exceed WeChat's limit.
 * @throws {Problem} `wx_login_failed`, also if WeChat reports success without a code, or does not answer
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export function createLoginCode(port: Port, timeoutMs: number, log: Log): () => Promise<string> {
  const callsAtMs: number[] = [];

  const waitForSlot = async () => {
    const waitMs = remainingMs(WINDOW_MS, callsAtMs[callsAtMs.length - CALLS_PER_SECOND] || 0);
    if (waitMs > 0) {
      log('wait', { waitMs });
      await delay(waitMs);
    }
    callsAtMs.push(Date.now());
    callsAtMs.splice(0, callsAtMs.length - CALLS_PER_SECOND);
  };

  return async () => {
    await waitForSlot();
    let reason = 'success without a code';
    try {
      const start = (callbacks: Callbacks) =>
        port.login(Object.assign({ timeout: timeoutMs }, callbacks) as never);
      const { code } = Object(await callPort(start, timeoutMs)) as Json;
      if (typeof code === 'string' && code) return code;
    } catch (error) {
      reason = (error as Error).message;
    }
    throw new Problem('wx_login_failed', 0, reason);
  };
}
