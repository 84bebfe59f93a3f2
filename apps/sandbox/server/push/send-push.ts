import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Chain } from '../trace/chain.js';
import { masked } from '../trace/mask.js';
import type { PushOrder, SignedPush } from './signed-push.js';

/** WeChat's own deadline. */
const ANSWER_WITHIN_MS = 5000;
const MAX_SHOWN = 1000;

/** What a service answered to a push; `error` if nothing. */
export type PushAnswer = { status: number; body: string; ms: number } | { error: string; ms: number };

/** Sends a push to a service as WeChat does, and draws it. */
export async function sendPush(
  serviceUrl: string,
  { path, contentType, body }: SignedPush,
  { members }: PushOrder,
  chain: Chain,
): Promise<PushAnswer> {
  const { Event, MsgType } = members;
  const exchange = randomUUID();
  const message = { phone: '', exchange } as const;
  chain.add({
    ...message,
    from: 'wechat',
    to: 'service',
    label: `push ${String(Event ?? MsgType)}`,
    outcome: 'sent',
    body: masked(members),
  });
  const back = { ...message, from: 'service', to: 'wechat' } as const;
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    const response = await fetch(serviceUrl + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': contentType },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = (await response.text()).slice(0, MAX_SHOWN);
    const { status, ok } = response;
    const label = ok ? text.slice(0, 20) : `${status} ${STATUS_CODES[status] ?? ''}`;
    chain.add({ ...back, label, outcome: ok ? 'ok' : 'refused' });
    return { status, body: text, ms: ms() };
  } catch (error) {
    const { name, cause } = error as Error;
    const { code = name } = (cause ?? {}) as { code?: string };
    chain.add({ ...back, label: code, outcome: 'lost' });
    return { error: code, ms: ms() };
  }
}
