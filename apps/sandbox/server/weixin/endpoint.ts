import type { Errcode } from '../state/errcodes.js';
import type { SandboxState } from '../state/state.js';
import type { Family } from './families.js';

/** What a call brings. */
export interface WeixinCall {
  /** A parameter of the URL: `''` where it is missing, the first where it is repeated. */
  query: (name: string) => string;
  /** The JSON object of a POST; empty for a GET. */
  body: Readonly<Record<string, unknown>>;
  /** The app whose access_token came with the call; `''` where the endpoint takes none. */
  appid: string;
  /** The caller's address. */
  ip: string;
}

/**
 * One path of api.weixin.qq.com. To add one: write it in its feature's folder and list it in `endpoints.ts`; counting,
 * faults, rid, access_token, body and the way of answering come with it.
 */
export interface WeixinEndpoint {
  method: 'GET' | 'POST';
  path: `/${string}`;
  family: Family;
  /** Only with `?access_token=` of a living one. */
  needsAccessToken: boolean;
  /** Does what the call does, then gives the body of a success, or the errcode to refuse with. */
  answer: (state: SandboxState, call: WeixinCall) => object | Errcode;
}
