import type { Check, Diagnosis } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of the public address of the service. */
export const ISSUER_DIAGNOSES = {
  issuer_not_https: {
    title: { en: 'JWT_ISSUER is not https', zh: 'JWT_ISSUER 不是 https' },
    cause: {
      en: 'It is the public base URL. Over plain http, tokens can be read on the network, and mini-programs can call only https addresses.',
      zh: '它是服务的对外地址。使用明文 http 时令牌会在网络上被窃取，而且小程序只能请求 https 地址。',
    },
    fix: {
      en: 'Put a reverse proxy with a certificate in front of the service, and set `JWT_ISSUER` to its https address. All users log in again afterwards, because tokens name their issuer.',
      zh: '在服务前面部署带证书的反向代理，并把 `JWT_ISSUER` 设为其 https 地址。令牌中含有签发者，因此修改后所有用户需重新登录。',
    },
  },
  issuer_not_public: {
    title: { en: 'JWT_ISSUER is not a public address', zh: 'JWT_ISSUER 不是公开地址' },
    cause: {
      en: 'It points to this machine itself, or to a host name that is reserved for examples.',
      zh: '它指向本机，或是示例用的域名。',
    },
    fix: {
      en: 'Set it to the address that mini-programs and other back ends call.',
      zh: '改为小程序及其他后端实际访问的地址。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1?\]|0\.0\.0\.0)$/;
/** RFC 2606 and RFC 6761. */
const PLACEHOLDER = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/;

/** Checks in production whether the address is https and public. */
export const issuerCheck: Check<DoctorContext> = {
  title: { en: 'Public base URL (JWT_ISSUER)', zh: '公开地址（JWT_ISSUER）' },
  run({ config: { isProduction, JWT_ISSUER: about } }) {
    if (!isProduction) return [];
    const { protocol, hostname } = new URL(about);
    const isPublic = !LOOPBACK.test(hostname) && !PLACEHOLDER.test(hostname);
    return [
      ...(protocol === 'https:' ? [] : [{ diagnosis: ISSUER_DIAGNOSES.issuer_not_https, about }]),
      ...(isPublic ? [] : [{ diagnosis: ISSUER_DIAGNOSES.issuer_not_public, about }]),
    ];
  },
};
