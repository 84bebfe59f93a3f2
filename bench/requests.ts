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

/** Returns a login of a person with a new code. WeChat answers after `wechatMs` milliseconds. */
export function login(person: number, wechatMs?: number): Request {
  const delay = wechatMs === undefined ? '' : `-${wechatMs}ms`;
  return post('/api/weixin/login/', { code: `u${person}-${nonces++}${delay}` }, addressOf(person));
}

/** Returns the openid of a person. Like real openids they have no order; ordered ones would be cheaper to index. */
export function openidOf(person: number | string): string {
  return createHash('sha256').update(`u${person}`).digest('base64url').slice(0, 28);
}

/** Returns a request for the document of the token's owner. */
export const readDocument = (token: string) => get('/api/weixin/data/', token);

/** Returns a request that replaces the document of the token's owner, if it still has that ETag. */
export function writeDocument(token: string, etag?: string): Request {
  const condition = etag === undefined ? {} : { 'If-Match': etag };
  return post('/api/weixin/data/', TO_DO_LIST, { ...bearer(token), ...condition });
}

/** Returns a request for the next tokens of a session. */
export const refresh = (token: string) => post('/api/token/refresh/', { refresh: token });

/** Returns a request that ends the session of a refresh token. */
export const logout = (token: string) => post('/api/token/blacklist/', { refresh: token });

/** Returns a request for the sessions of the token's owner. */
export const listSessions = (token: string) => get('/api/sessions', token);

/** Returns a request that verifies an access token. Each `address` is another client address, because of the rate limit. */
export const verify = (token: string, address: number) =>
  post('/api/token/verify/', { token }, addressOf(address));

/** Returns a request for a service token. `credentials` is the header `Authorization`; each `address` as in {@link verify}. */
export const serviceToken = (credentials: string, address: number) =>
  postForm('/oauth/token', { grant_type: 'client_credentials' }, credentials, address);

/** Returns an introspection of an access token, as {@link serviceToken}. */
export const introspect = (credentials: string, token: string, address: number) =>
  postForm('/oauth/introspect', { token }, credentials, address);

function postForm(path: string, form: Record<string, string>, credentials: string, address: number): Request {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: credentials };
  return post(path, new URLSearchParams(form).toString(), { ...headers, ...addressOf(address) });
}

/** Returns a request with a token. */
export function get(path: string, token: string): Request {
  return { method: 'GET', path, headers: bearer(token) };
}

/** Returns a request with a JSON body. */
export function post(path: string, json: string | object, headers: Record<string, string> = {}): Request {
  const body = typeof json === 'string' ? json : JSON.stringify(json);
  return { method: 'POST', path, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

/** Returns the header of a token. */
export function bearer(token: string) {
  return { Authorization: `Bearer ${token}` };
}

function addressOf(person: number) {
  return { 'X-Forwarded-For': `10.${(person >> 16) & 255}.${(person >> 8) & 255}.${person & 255}` };
}
