import type { WeixinApp } from '@app/config';
import { explainErrcode } from '@app/weixin-api';
import { type Answer, isTlsFailure, type NoAnswer } from './send-request.js';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import { type DoctorContext, nameOf } from './doctor-context.js';
import { WEIXIN_APP_DIAGNOSES } from './weixin-app-diagnoses.js';

/** Checks whether WeChat accepts each app and its AppSecret from this machine. */
export const weixinAppsCheck: Check<DoctorContext> = {
  title: { en: 'Mini-programs at WeChat', zh: '微信端的小程序' },
  async run(context) {
    const findings = await Promise.all(
      context.apps.map(async (app) =>
        findingOf(await context.accessToken(app), app, context.config.WEIXIN_API_BASE_URL),
      ),
    );
    // A fault that does not depend on the app is the same for each: once is enough.
    return [...new Map(findings.flatMap((found) => (found ? [[keyOf(found), found]] : []))).values()];
  },
};

const keyOf = ({ diagnosis, about }: Finding) => `${diagnosis.title.en} ${about ?? ''}`;

function findingOf(answer: Answer | NoAnswer, app: WeixinApp, address: string): Finding | undefined {
  if ('failure' in answer) {
    const { failure } = answer;
    return { diagnosis: failureDiagnosis(failure), about: `${address} (${failure})` };
  }
  const { status, body } = answer;
  const errcode = Number(body['errcode'] ?? 0);
  const isWeixins = errcode === 0 ? typeof body['access_token'] === 'string' : Number.isInteger(errcode);
  if (status !== 200 || !isWeixins) {
    return { diagnosis: WEIXIN_APP_DIAGNOSES.weixin_is_another, about: `${address} (HTTP ${status})` };
  }
  if (errcode === 0) return undefined;
  const diagnosis = { ...WEIXIN_APP_DIAGNOSES.app_refused, ...explainErrcode(errcode) };
  return { diagnosis, about: [nameOf(app), `errcode ${errcode}`, ...addressIn(body['errmsg'])].join(', ') };
}

function failureDiagnosis(failure: string): Diagnosis {
  return isTlsFailure(failure)
    ? WEIXIN_APP_DIAGNOSES.weixin_untrusted
    : WEIXIN_APP_DIAGNOSES.weixin_unreachable;
}

/** Returns only the address of `invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist`. */
function addressIn(errmsg: unknown): string[] {
  const address = typeof errmsg === 'string' && /invalid ip ([\d.:a-f]{3,45})/.exec(errmsg)?.[1];
  return address ? [`IP ${address}`] : [];
}
