import { tracingChannel } from 'node:diagnostics_channel';

/** One call of WeChat's server API. Of the answer it contains the errcode only. */
export interface WeixinCallEvent {
  readonly method: string;
  /** Without the query, which holds the AppSecret. */
  readonly path: string;
  /** The errcode of the answer, 0 for success; undefined without a usable answer. */
  errcode?: number;
}

/** Publishes every call, for metrics and traces. Without subscribers it costs nothing. */
export const WEIXIN_CALL_EVENTS = tracingChannel<unknown, WeixinCallEvent>('weapp-passport:weixin-call');
