import type { SandboxState } from '../state.js';
import type { Errcode, Family } from './errcodes.js';

/** What a call brings. */
export interface WeixinCall {
  /** A parameter of the URL: `''` where it is missing, the first where it is repeated. */
  query: (name: string) => string;
}

/**
 * One path of api.weixin.qq.com. To add one: write it in its feature's folder and list it in `endpoints.ts`; counting,
 * faults, rid and the way of answering come with it.
 */
export interface WeixinEndpoint {
  method: 'GET' | 'POST';
  path: `/${string}`;
  family: Family;
  /** Does what the call does, then gives the body of a success, or the errcode to refuse with. */
  answer: (state: SandboxState, call: WeixinCall) => object | Errcode;
}
