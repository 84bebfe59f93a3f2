import { answer, type Stage } from './stage.js';

/** Paths of the service, as the labels of messages have them, and WeChat's. */
const LIST = '/api/weixin/data';
const LOGIN = '/api/weixin/login/';
const REFRESH_PATH = '/api/token/refresh/';
const REFRESH = `POST ${REFRESH_PATH}`;
/** The badge of requests that no phone sent. */
const THIEF = 'X';
/** Longer than an access token lives, and than the service takes a repeated refresh for a lost answer. */
const SIX_MINUTES_MS = 360_000;
const EXCHANGE = '/sns/jscode2session';

/** A story by the id under which the texts have its name and its two sentences. */
export type StoryId = keyof typeof STORIES;

/** The stories that play themselves, in the order of their buttons. */
export const STORIES = {
  async login(stage: Stage) {
    await stage.begin('1');
    await stage.act('1', (phone) => phone.reopen());
    await stage.decisive(answer(`GET ${LIST}`, 'ok'));
  },

  async offline(stage: Stage) {
    await stage.begin('1');
    await stage.act('1', (phone) => phone.setNetwork('off'));
    await stage.act('1', (phone) => phone.hands.write('离线写的'));
    await stage.see('1', '离线中');
    await stage.act('1', (phone) => phone.reopen());
    await stage.see('1', '离线写的');
    await stage.pace();
    await stage.act('1', (phone) => phone.setNetwork('online'));
    await stage.decisive(answer(`POST ${LIST}`, 'ok'));
  },

  async conflict(stage: Stage) {
    await stage.begin('1', '2');
    await stage.act('1', (phone) => phone.hands.write('周五聚餐'));
    await stage.message(answer(`POST ${LIST}`, 'ok'));
    await stage.act('2', (phone) => phone.pullDown());
    await stage.see('2', '周五聚餐');
    for (const id of ['1', '2']) await stage.act(id, (phone) => phone.setNetwork('off'));
    await stage.act('1', (phone) => phone.hands.press('修改：周五聚餐'));
    await stage.act('1', (phone) => phone.hands.write('周六聚餐', '修改内容'));
    await stage.act('2', (phone) => phone.hands.press('周五聚餐'));
    await stage.act('1', (phone) => phone.setNetwork('online'));
    await stage.message(answer(`POST ${LIST}`, 'ok'));
    await stage.act('2', (phone) => phone.setNetwork('online'));
    await stage.decisive(answer(`POST ${LIST}`, 'refused'));
    await stage.message(answer(`POST ${LIST}`, 'ok'));
    await stage.act('1', (phone) => phone.pullDown());
    for (const id of ['1', '2']) await stage.see(id, '已完成 1');
  },

  async twelve(stage: Stage) {
    await stage.begin('1');
    // Without a network the phone cannot renew the token before the twelve calls need it.
    await stage.act('1', (phone) => {
      phone.hands.spoilAccessToken();
      phone.setNetwork('off');
      return phone.reopen();
    });
    await stage.act('1', (phone) => phone.hands.press('我的'));
    await stage.act('1', (phone) => {
      phone.setNetwork('online');
      phone.hands.askTwelveTimes();
    });
    await stage.decisive(answer(REFRESH, 'ok'));
    await stage.see('1', '本机');
  },

  async lost(stage: Stage) {
    await stage.begin('1');
    await stage.act('1', (phone) => {
      phone.hands.spoilAccessToken(true);
      phone.setNetwork('lossy');
      return phone.reopen();
    });
    await stage.message((message, asked) => message.outcome === 'lost' && asked.startsWith(REFRESH));
    await stage.act('1', (phone) => phone.setNetwork('online'));
    await stage.act(
      '1',
      (phone) => phone.hands.shows('已同步') || phone.hands.press('重试') || phone.pullDown(),
    );
    await stage.decisive(answer(REFRESH, 'ok'));
    await stage.see('1', '已同步');
  },

  async theft(stage: Stage) {
    await stage.begin('1');
    const refresh = { refresh: stage.phone('1').hands.refreshToken };
    const stolen = await stage.service('POST', REFRESH_PATH, refresh, THIEF);
    await stage.message(answer(REFRESH, 'ok'));
    await stage.pace();
    await stage.moveClock(SIX_MINUTES_MS);
    await stage.act('1', (phone) => phone.pullDown());
    await stage.message(answer(REFRESH, 'ok'));
    await stage.pace();
    await stage.service('POST', REFRESH_PATH, { refresh: stolen['refresh'] }, THIEF);
    await stage.decisive(answer(REFRESH, 'refused'));
    await stage.act('1', (phone) => phone.pullDown());
    await stage.message(answer(`POST ${LOGIN}`, 'ok'));
  },

  async device(stage: Stage) {
    await stage.begin('1', '2');
    await stage.act('2', (phone) => phone.hands.press('我的'));
    await stage.act('2', (phone) => phone.hands.press('退出该设备', true));
    await stage.act('2', (phone) => phone.hands.press('确定'));
    await stage.message(answer('DELETE /api/sessions', 'ok'));
    await stage.act('1', (phone) => phone.pullDown());
    await stage.decisive(answer(REFRESH, 'refused'));
    await stage.see('1', '已在另一台设备上退出登录');
  },

  async down(stage: Stage) {
    await stage.begin('1');
    await stage.sandbox('PUT', '/sandbox/faults', [{ path: EXCHANGE, kind: 'reset' }]);
    const failures = Array.from({ length: 10 }, () => stage.service('POST', LOGIN, { code: 'demo' }));
    await Promise.all(failures);
    await stage.service('POST', LOGIN, { code: 'demo' });
    await stage.decisive(
      ({ answer: head }) => head?.status === 503 && head.headers['Retry-After'] !== undefined,
    );
    await stage.act('1', (phone) => phone.hands.write('微信停了，会话还在'));
    await stage.message(answer(`POST ${LIST}`, 'ok'));
    await stage.sandbox('DELETE', '/sandbox/faults');
    // The circuit opens for five seconds, then one call tries.
    await stage.pace(5200);
    await stage.begin('1');
  },

  async twice(stage: Stage) {
    await stage.begin('1');
    const { code } = await stage.sandbox('POST', '/sandbox/codes', { user: stage.phone('1').user }, '1');
    await stage.service('POST', LOGIN, { code }, '1');
    await stage.message(answer(`POST ${LOGIN}`, 'ok'));
    await stage.pace();
    await stage.service('POST', LOGIN, { code }, '1');
    await stage.message(answer(`GET ${EXCHANGE}`, 'refused'));
    await stage.decisive(answer(`POST ${LOGIN}`, 'refused'));
  },
};
