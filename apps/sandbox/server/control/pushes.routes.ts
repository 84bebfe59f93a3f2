import type { FastifyInstance } from 'fastify';
import { sendPush, type PushAnswer } from '../push/send-push.js';
import type { PushFormat, PushMode } from '../push/push-form.js';
import { PUSH_FAULTS, signedPush } from '../push/signed-push.js';
import { WEIXIN_APPS } from '../state/apps.js';
import type { Clock } from '../state/clock.js';
import { identityOf } from '../state/identity.js';
import type { Chain } from '../trace/chain.js';
import { BadRequest } from './bad-request.js';
import { integer, type Member, oneOf, optional, readMembers, text, withDefault } from './members.js';
import { WHOSE_PHONE } from './whose-phone.js';

const A_SERVICE: Member<string> = {
  allowed: 'a service on this machine, as http://127.0.0.1:8000',
  is: (value): value is string =>
    typeof value === 'string' && /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(value),
};

const SOME_MEMBERS: Member<Record<string, string | number>> = {
  allowed: 'an object of texts and numbers',
  is: (value): value is Record<string, string | number> =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([name, each]) => /^ ?\w{1,64}$/.test(name) && (typeof each === 'string' || typeof each === 'number'),
    ),
};

const PUSH = {
  ...WHOSE_PHONE,
  event: withDefault(text(1, 64), 'user_authorization_revoke'),
  revokeInfo: optional(text(1, 64)),
  members: optional(SOME_MEMBERS),
  mode: withDefault(oneOf<PushMode>(['plain', 'compatible', 'safe']), 'safe'),
  format: withDefault(oneOf<PushFormat>(['xml', 'json']), 'json'),
  fault: optional(oneOf(PUSH_FAULTS)),
  times: withDefault(integer(1, 10), 1),
  serviceUrl: optional(A_SERVICE),
};

/**
 * `POST /sandbox/pushes` `{appid?, user?, event?, revokeInfo?, members?, mode?, format?, fault?, times?, serviceUrl?}` →
 * `{answers: [{status, body, ms} | {error, ms}]}`: pushes an event about a person to the service. `times` repeats it, each time
 * signed and encrypted again. `members` are added, or replace what a member would be.
 */
export function pushesRoutes(app: FastifyInstance, chain: Chain, apiUrl: URL, clock: Clock): void {
  // The service refuses a push of another time, and its clock follows this one.
  const nowSeconds = () => Math.floor((Date.now() + clock.aheadMs) / 1000);
  app.post('/sandbox/pushes', async (request) => {
    const { appid, user, event, revokeInfo, members, mode, format, fault, times, serviceUrl } = readMembers(
      PUSH,
      request.body ?? {},
      'body',
    );
    const keys = WEIXIN_APPS.get(appid);
    if (!keys) throw new BadRequest('body.appid has no keys');
    const order = {
      appid,
      members: { ...eventOf(appid, user, event, nowSeconds(), revokeInfo), ...members },
      mode,
      format,
      fault,
    };
    const answers: PushAnswer[] = [];
    for (let count = 0; count < times; count += 1)
      answers.push(
        await sendPush(serviceUrl ?? apiUrl.origin, signedPush(order, keys, nowSeconds()), order, chain),
      );
    return { answers };
  });
}

function eventOf(appid: string, user: string, event: string, CreateTime: number, revokeInfo?: string) {
  return {
    ToUserName: 'gh_sandbox00000',
    FromUserName: 'oWeChatItself000000000000000',
    CreateTime,
    MsgType: 'event',
    Event: event,
    OpenID: identityOf(appid, user).openid,
    AppID: appid,
    ...(revokeInfo !== undefined && { RevokeInfo: revokeInfo, PluginID: '', OpenPID: '' }),
  };
}
