import type { WeixinEndpoint } from './endpoint.js';
import { rid } from './families.js';
import { textOf } from './post-body.js';

const SCENES: readonly unknown[] = [1, 2, 3, 4];
const MAX_CHARACTERS = 2500;
const NORMAL = 100;
/** 20001 is politics; the sandbox knows no other reason. */
const POLITICS = 20001;

/**
 * Whether a text may be published: `{errcode: 0, errmsg, detail, trace_id, result: {suggest, label}}`, where `suggest` is
 * pass, review or risky. Version 2 only.
 * Body: `content`, `version` (2), `scene` (1 profile, 2 comment, 3 forum, 4 social), `openid`, `nickname?`, `title?`,
 * `signature?`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck.html
 */
export const msgSecCheck: WeixinEndpoint = {
  method: 'POST',
  path: '/wxa/msg_sec_check',
  family: 'wxa',
  needsAccessToken: true,
  answer(state, { body, appid }) {
    const content = textOf(body['content']);
    if (!content) return 44002;
    if (body['version'] !== 2) return 47001;
    if (!SCENES.includes(body['scene'])) return 40129;
    if ([...content].length > MAX_CHARACTERS) return 45002;
    const visitor = state.visits.visitor(appid, textOf(body['openid']));
    if (typeof visitor === 'number') return visitor;

    const texts = [content, ...['nickname', 'title', 'signature'].map((name) => textOf(body[name]))];
    const hit = state.riskyWords.find(texts.join('\n'));
    const result = hit ? { suggest: hit.suggest, label: POLITICS } : { suggest: 'pass', label: NORMAL };
    const model = { strategy: 'content_model', errcode: 0, ...result, prob: 90 };
    const keyword = {
      strategy: 'keyword',
      errcode: 0,
      ...result,
      ...(hit && { level: 90, keyword: hit.keyword }),
    };
    return { errcode: 0, errmsg: 'ok', detail: [model, keyword], trace_id: rid(), result };
  },
};
