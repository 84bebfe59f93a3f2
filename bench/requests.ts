import { createHash } from 'node:crypto';

/** A request to the service. */
export interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const ITEMS = ['买牛奶', '写周报', '给妈妈打电话', '还书', '订周六的火车票'];
/** A document: a list of five items. */
export const TO_DO_LIST = JSON.stringify({
  items: ITEMS.map((content, index) => ({ id: index + 1, content, checked: index === 3 })),
});

let nonces = 0;

/** A login of the person of that number, with a code never sent before; WeChat takes `wechatMs` to answer. */
export function login(person: number, wechatMs?: number): Request {
  const delay = wechatMs === undefined ? '' : `-${wechatMs}ms`;
  return post('/api/weixin/login/', { code: `u${person}-${nonces++}${delay}` }, addressOf(person));
}

/** Returns the openid of a person. Like real ones they come in no order: in order they would be cheaper to index. */
export function openidOf(person: number | string): string {
  return createHash('sha256').update(`u${person}`).digest('base64url').slice(0, 28);
}

/** Reads the document of the token's owner. */
export const readDocument = (token: string) => get('/api/weixin/data/', token);

/** Replaces the document of the token's owner, if it still has that ETag. */
export function writeDocument(token: string, etag?: string): Request {
  const condition = etag === undefined ? {} : { 'If-Match': etag };
  return post('/api/weixin/data/', TO_DO_LIST, { ...bearer(token), ...condition });
}

/** Asks for the next tokens of a session. */
export const refresh = (token: string) => post('/api/token/refresh/', { refresh: token });

/** Ends the session of a refresh token. */
export const logout = (token: string) => post('/api/token/blacklist/', { refresh: token });

/** Lists the devices of the token's owner. */
export const listSessions = (token: string) => get('/api/sessions', token);

/** Asks whether an access token is valid, from the address of that number, because addresses are limited. */
export const verify = (token: string, address: number) =>
  post('/api/token/verify/', { token }, addressOf(address));

function get(path: string, token: string): Request {
  return { method: 'GET', path, headers: bearer(token) };
}

function post(path: string, json: string | object, headers: Record<string, string> = {}): Request {
  const body = typeof json === 'string' ? json : JSON.stringify(json);
  return { method: 'POST', path, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

function bearer(token: string) {
  return { Authorization: `Bearer ${token}` };
}

function addressOf(person: number) {
  return { 'X-Forwarded-For': `10.${(person >> 16) & 255}.${(person >> 8) & 255}.${person & 255}` };
}
