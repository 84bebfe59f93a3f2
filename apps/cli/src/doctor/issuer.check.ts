import type { Check, Diagnosis } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with the public address of the service. */
export const ISSUER_DIAGNOSES = {
  issuer_not_https: {
    title: { en: 'JWT_ISSUER is not https', zh: 'JWT_ISSUER 不是 https' },
    cause: {
      en: 'It is the public base URL, and over plain http anyone on the way reads the tokens. Mini-programs call https addresses only.',
      zh: '它是服务的公开地址；明文 http 会让途中的任何人读到令牌，且小程序只能请求 https 地址。',
    },
    fix: {
      en: 'Put a reverse proxy with a certificate in front of the service, and set `JWT_ISSUER` to its https address. All users log in again afterwards, because tokens name their issuer.',
      zh: '在服务前放置带证书的反向代理，并把 `JWT_ISSUER` 设为其 https 地址。令牌中含有签发者，因此修改后所有用户需重新登录。',
    },
  },
  issuer_not_public: {
    title: { en: 'JWT_ISSUER is no public address', zh: 'JWT_ISSUER 不是公开地址' },
    cause: {
      en: 'It points at this machine itself, or at a host of examples that nobody can own.',
      zh: '它指向本机，或是示例用的域名。',
    },
    fix: {
      en: 'Set it to the address that mini-programs and other back ends use.',
      zh: '改为小程序及其他后端实际访问的地址。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1?\]|0\.0\.0\.0)$/;
/** RFC 2606 and RFC 6761. */
const PLACEHOLDER = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/;

/** In production: https, and an address that others can reach. */
export const issuerCheck: Check<Evidence> = {
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
