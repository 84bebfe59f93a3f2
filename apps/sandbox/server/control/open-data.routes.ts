import type { FastifyInstance } from 'fastify';
import { identityOf } from '../state/identity.js';
import type { SandboxState } from '../state/state.js';
import { anObject, optional, readMembers } from './members.js';
import { makeOpenData } from './open-data.js';
import { WHOSE_PHONE } from './whose-phone.js';

/** The grey head that WeChat shows for everybody. */
const AVATAR_URL =
  'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132';

/**
 * `POST /sandbox/open-data` `{appid?, user?, data?}` → `{encryptedData, iv, rawData, signature}`, made with the user's
 * current session_key. Without `data` it is the profile. A watermark of the app and the second is added to what is
 * encrypted, unless `data` has one of its own.
 */
export function openDataRoutes(app: FastifyInstance, state: SandboxState): void {
  app.post('/sandbox/open-data', (request, reply) => {
    const { appid, user, data } = readMembers(
      { ...WHOSE_PHONE, data: optional(anObject) },
      request.body ?? {},
      'body',
    );
    const identity = identityOf(appid, user);
    state.visits.note(identity);
    const open = data ?? profileOf(user);
    const unionId = state.appModes.of(appid).unbound ? {} : { unionId: identity.unionid };
    const sensitive = data ? {} : { openId: identity.openid, ...unionId };
    const watermark = { timestamp: Math.floor(Date.now() / 1000), appid };
    return reply.send(
      makeOpenData(state.sessionKeys.current(identity), open, { ...sensitive, watermark, ...open }),
    );
  });
}

function profileOf(user: string): object {
  return {
    nickName: user,
    gender: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    avatarUrl: AVATAR_URL,
  };
}
