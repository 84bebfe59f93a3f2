import { apiBaseUrl, TIMEOUT_MS } from '../config';
import { Problem } from './problem';

/** A JSON object whose members are not yet checked. */
export type Json = Readonly<Record<string, unknown>>;

/** One call to the service. */
export interface Call {
  method: 'GET' | 'POST';
  /** Begins with a slash, relative to the base URL of this build. */
  path: string;
  header?: Readonly<Record<string, string>>;
  body?: Json;
}

/** A successful answer (2xx) with a JSON object in it. */
export interface Answer {
  body: Json;
  /** The `ETag` as it was sent, quotes included; `''` when there was none. */
  etag: string;
}

/**
 * Asks WeChat for a login code: valid for five minutes, usable once. WeChat limits how often a user may ask,
 * so this is called through `accessToken()`, which keeps one login in flight.
 * @throws {Problem} `wx_login_failed`, also when WeChat reports success without a code
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html
 */
export function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = ({ errMsg }: { errMsg: string }) => {
      reject(new Problem('wx_login_failed', 0, errMsg));
    };
    wx.login({
      timeout: TIMEOUT_MS,
      success: (result) => {
        if (result.code) resolve(result.code);
        else fail(result);
      },
      fail,
    });
  });
}

/**
 * Sends one call and gives its answer. `wx.request` succeeds with every HTTP status and fails only when the
 * service was not reached; here everything but 2xx is a failure.
 * @throws {Problem} the service's code, `network_failed` or `answer_unreadable`
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 */
export function send(call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.request({
      url: apiBaseUrl() + call.path,
      method: call.method,
      header: { 'content-type': 'application/json', ...call.header },
      ...(call.body && { data: call.body }),
      timeout: TIMEOUT_MS,
      success: ({ statusCode, data, header }) => {
        if (!isJson(data)) {
          reject(new Problem('answer_unreadable', statusCode, `status ${statusCode} without a JSON object`));
        } else if (statusCode < 200 || statusCode > 299) {
          const code = typeof data.code === 'string' ? data.code : 'answer_unreadable';
          reject(new Problem(code, statusCode, typeof data.detail === 'string' ? data.detail : code));
        } else {
          resolve({ body: data, etag: headerValue(header, 'etag') });
        }
      },
      fail: ({ errMsg }) => {
        reject(new Problem('network_failed', 0, errMsg));
      },
    });
  });
}

/** Whether a value is a JSON object: not an array, not null. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Header names arrive in another case on each platform. */
function headerValue(header: Json, name: string): string {
  const entry = Object.entries(header).find(([key]) => key.toLowerCase() === name);
  return typeof entry?.[1] === 'string' ? entry[1] : '';
}
