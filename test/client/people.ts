import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone, type Stack } from '../miniprogram/twin/phone.js';

/** The tokens as a phone stores them. */
export interface StoredTokens {
  userId: string;
  access: string;
  refresh: string;
  receivedAtMs: number;
  expiresInSeconds: number;
}

/** A guarded route of the service. */
export const DATA = { path: '/api/weixin/data/' };
export const LOGIN = '/api/weixin/login/';
export const REFRESH = '/api/token/refresh/';
export const TOKENS = 'passport.tokens';
/** For tests of a deadline: long enough for a call on this machine if nothing is wrong. */
export const SHORT_MS = 1000;

/** The tokens that a phone has in its storage. */
export const storedTokens = (phone: Phone): StoredTokens => phone.storage.peek(TOKENS) as StoredTokens;

/** How often a phone called `wx.login` and refreshed. */
export const renewals = ({ logins, network }: Phone): [logins: number, refreshes: number] => [
  logins,
  network.to(REFRESH).length,
];

/** A phone whose user has logged in at an earlier launch, and of which nothing is counted yet. */
export async function usedPhone(stack: Stack, user?: string): Promise<Phone> {
  const phone = new Phone(stack, user);
  await launch(phone).ready();
  phone.network.sent.length = 0;
  phone.logins = 0;
  return phone;
}

/** Makes the stored access token one that has expired. */
export function expire(phone: Phone): void {
  phone.storage.set(TOKENS, { ...storedTokens(phone), receivedAtMs: Date.now() - 301_000 });
}
