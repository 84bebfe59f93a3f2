import { tracingChannel } from 'node:diagnostics_channel';

/** One call of WeChat's server API that left this service. Says nothing of what was sent or came back but the errcode. */
export interface ObservedCall {
  readonly method: string;
  /** Without the query, which holds the AppSecret. */
  readonly path: string;
  /** What WeChat answered, 0 for success; undefined where no usable answer came. */
  errcode?: number;
}

/** Tells of every call those who subscribe: metrics and traces. Without them it costs nothing. */
export const WEIXIN_CALLS = tracingChannel<unknown, ObservedCall>('weapp-passport:weixin-call');
