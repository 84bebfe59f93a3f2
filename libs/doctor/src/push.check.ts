import { randomInt } from 'node:crypto';
import type { WeixinApp } from '@app/config';
import { pushSignature } from '@app/weixin';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import { type DoctorContext, nameOf } from './doctor-context.js';
import { jwksCheck } from './jwks.check.js';
import { sendRequest } from './send-request.js';

/** WeChat's own deadline. */
const TIMEOUT_MS = 5000;

/** Faults of the URL that WeChat pushes to. */
export const PUSH_DIAGNOSES = {
  push_settings_differ: {
    title: {
      en: 'The service refuses the pushes that WeChat would send',
      zh: '服务会拒绝微信的消息推送',
    },
    cause: {
      en: 'The service at `JWT_ISSUER` has another Token for this app, or none, or its clock is wrong: the code that it answered is in brackets.',
      zh: '`JWT_ISSUER` 处的服务为该小程序配置了不同的 Token，或没有配置，或时钟不准：括号中是它返回的错误码。',
    },
    fix: {
      en: 'Start the service with the present `WEIXIN_PUSH_KEYS` or `WEIXIN_APPS_FILE`, and compare Token and EncodingAESKey with the WeChat console.',
      zh: '用当前的 `WEIXIN_PUSH_KEYS` 或 `WEIXIN_APPS_FILE` 重新启动服务，并与微信公众平台上的 Token、EncodingAESKey 核对。',
    },
  },
  push_unreachable: {
    title: { en: 'WeChat’s pushes do not reach the service', zh: '微信的消息推送无法到达服务' },
    cause: {
      en: 'The address answers, but not the path `/api/weixin/push/<appid>`: a proxy or firewall does not pass it on, or changes its query.',
      zh: '地址可以访问，但 `/api/weixin/push/<appid>` 没有到达服务：反向代理或防火墙没有放行，或改动了查询参数。',
    },
    fix: {
      en: 'Let the proxy pass GET and POST of this path with its query, XML and plain text included.',
      zh: '让反向代理放行该路径的 GET 和 POST 请求，保留查询参数，并允许 XML 和纯文本。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Asks the service, as the WeChat console does, for each app with a Token. */
export const pushCheck: Check<DoctorContext> = {
  title: { en: 'Pushes from WeChat', zh: '微信消息推送' },
  async run(context) {
    const apps = context.apps.filter(({ push }) => push !== undefined);
    if (apps.length === 0) return 'unused';
    const found = await jwksCheck.run(context);
    if (typeof found === 'string' || found.length > 0) return 'unchecked';
    const findings = await Promise.all(apps.map((app) => findingOf(app, context.config.JWT_ISSUER)));
    return findings.flatMap((finding) => finding ?? []);
  },
};

async function findingOf(app: WeixinApp, issuer: string): Promise<Finding | undefined> {
  const signed = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: String(randomInt(1e9)) };
  // As JSON, because the answer is read as JSON.
  const echo = { nonce: signed.nonce };
  const signature = pushSignature(app.push?.token ?? '', signed);
  const query = new URLSearchParams({ signature, ...signed, echostr: JSON.stringify(echo) });
  const answer = await sendRequest(`${issuer}/api/weixin/push/${app.appid}?${query.toString()}`, {
    timeoutMs: TIMEOUT_MS,
  });
  if ('failure' in answer)
    return { diagnosis: PUSH_DIAGNOSES.push_unreachable, about: `${nameOf(app)} (${answer.failure})` };
  const { status, body } = answer;
  if (status === 200 && body['nonce'] === echo.nonce) return undefined;
  const { code } = body;
  return typeof code === 'string' &&
    /^(push_(signature_invalid|stale|not_configured)|app_unknown)$/.test(code)
    ? { diagnosis: PUSH_DIAGNOSES.push_settings_differ, about: `${nameOf(app)} (${code})` }
    : { diagnosis: PUSH_DIAGNOSES.push_unreachable, about: `${nameOf(app)} (HTTP ${status})` };
}
