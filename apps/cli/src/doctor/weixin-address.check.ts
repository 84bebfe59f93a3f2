import type { Check } from './diagnosis.js';
import type { Evidence } from './evidence.js';
import { WEIXIN_APP_DIAGNOSES } from './weixin-app-diagnoses.js';

/** In production the service asks WeChat and nobody else. */
export const weixinAddressCheck: Check<Evidence> = {
  title: { en: "Address of WeChat's API", zh: '微信接口地址' },
  run({ config: { production, weixinApiBaseUrl, weixinApiFallbackUrl } }) {
    const addresses = [
      weixinApiBaseUrl,
      ...(weixinApiFallbackUrl === undefined ? [] : [weixinApiFallbackUrl]),
    ];
    if (!production) return [];
    return addresses
      .filter((address) => !new URL(address).hostname.endsWith('.weixin.qq.com'))
      .map((about) => ({ diagnosis: WEIXIN_APP_DIAGNOSES.weixin_imitated, about }));
  },
};
