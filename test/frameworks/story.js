/** @typedef {import('../../packages/client/src/index.js').Port} Port */

/**
 * The story that every framework's build plays: a login, twelve requests at once on a dead token, a logout.
 * @param {typeof import('../../packages/client/src/index.js').createPassport} createPassport of the package
 * @param {Port} port `wx`, `uni` or `Taro`
 */
export async function story(createPassport, port) {
  /** @type {string[]} */
  const events = [];
  const create = () =>
    createPassport({ baseUrl: 'http://127.0.0.1:8000', port, log: (event) => events.push(event) });
  const { id } = await create().ready();
  const tokens = /** @type {object} */ (port.getStorageSync('passport.tokens'));
  port.setStorageSync(
    'passport.tokens',
    /** @type {never} */ (Object.assign({}, tokens, { access: 'dead' })),
  );
  const passport = create();
  const calls = Array.from({ length: 12 }, () => passport.request({ path: '/api/me' }));
  const answers = await Promise.all(calls);
  const isSame = answers.every(({ status, body }) => status === 200 && body.user_id === id);
  await passport.logout();
  const after = await passport.ready().catch(({ code }) => code);
  return [
    isSame ? 'same user' : 'another user',
    count(events, 'login'),
    count(events, 'refresh'),
    after,
  ].join(' · ');
}

/**
 * @param {string[]} events
 * @param {string} name
 */
function count(events, name) {
  return `${events.filter((event) => event === name).length} ${name}`;
}
