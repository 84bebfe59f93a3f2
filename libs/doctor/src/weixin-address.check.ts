import type { Check } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';
import { WEIXIN_APP_DIAGNOSES } from './weixin-app-diagnoses.js';

/** Checks whether the service calls WeChat and no other host, in production. */
export const weixinAddressCheck: Check<DoctorContext> = {
  title: { en: "Address of WeChat's API", zh: '微信接口地址' },
  run({ config: { isProduction, WEIXIN_API_BASE_URL, WEIXIN_API_FALLBACK_URL } }) {
    const addresses = [
      WEIXIN_API_BASE_URL,
      ...(WEIXIN_API_FALLBACK_URL === undefined ? [] : [WEIXIN_API_FALLBACK_URL]),
    ];
    if (!isProduction) return [];
    return addresses
      .filter((address) => !new URL(address).hostname.endsWith('.weixin.qq.com'))
      .map((about) => ({ diagnosis: WEIXIN_APP_DIAGNOSES.weixin_imitated, about }));
  },
};
