/** @typedef {import('autocannon').Request} Request */

const JSON_TYPE = { 'Content-Type': 'application/json' };
/** A document: a list of five items. */
export const TO_DO_LIST = JSON.stringify({
  items: ['买牛奶', '写周报', '给妈妈打电话', '还书', '订周六的火车票'].map((content, index) => ({
    id: index + 1,
    content,
    checked: index === 3,
  })),
});

let nonces = 0;

/**
 * A login of the person of that number, with a code never sent before.
 * @param {number} user
 * @param {number} [wechatMs] how long WeChat takes to answer
 * @returns {Request & { body: string }}
 */
export function login(user, wechatMs) {
  const delay = wechatMs === undefined ? '' : `-${wechatMs}ms`;
  return {
    method: 'POST',
    path: '/api/weixin/login/',
    headers: { ...JSON_TYPE, ...addressOf(user) },
    body: JSON.stringify({ code: `u${user}-${nonces++}${delay}` }),
  };
}

/**
 * Reads the document of the token's owner.
 * @param {string} token
 * @returns {Request}
 */
export function readDocument(token) {
  return { method: 'GET', path: '/api/weixin/data/', headers: { Authorization: `Bearer ${token}` } };
}

/**
 * Stores a to-do list of five items for the token's owner.
 * @param {string} token
 * @param {string} [etag] of the version it replaces
 * @returns {Request}
 */
export function writeDocument(token, etag) {
  return {
    method: 'POST',
    path: '/api/weixin/data/',
    headers: {
      ...JSON_TYPE,
      Authorization: `Bearer ${token}`,
      ...(etag !== undefined && { 'If-Match': etag }),
    },
    body: TO_DO_LIST,
  };
}

/**
 * The next tokens of a session.
 * @param {string} token
 * @returns {Request}
 */
export function refresh(token) {
  return {
    method: 'POST',
    path: '/api/token/refresh/',
    headers: JSON_TYPE,
    body: JSON.stringify({ refresh: token }),
  };
}

/**
 * Ends the session of a refresh token.
 * @param {string} token
 * @returns {Request}
 */
export function logout(token) {
  return {
    method: 'POST',
    path: '/api/token/blacklist/',
    headers: JSON_TYPE,
    body: JSON.stringify({ refresh: token }),
  };
}

/**
 * Asks for the devices of the token's owner.
 * @param {string} token
 * @returns {Request}
 */
export function listSessions(token) {
  return { method: 'GET', path: '/api/sessions', headers: { Authorization: `Bearer ${token}` } };
}

/**
 * Asks whether an access token is good.
 * @param {string} token
 * @param {number} index gives the asking back end an address, because verify is limited by it
 * @returns {Request}
 */
export function verify(token, index) {
  return {
    method: 'POST',
    path: '/api/token/verify/',
    headers: { ...JSON_TYPE, ...addressOf(index) },
    body: JSON.stringify({ token }),
  };
}

/** @param {number} user */
function addressOf(user) {
  return { 'X-Forwarded-For': `10.${(user >> 16) & 255}.${(user >> 8) & 255}.${user & 255}` };
}
