import type { Check, Diagnosis } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of the proxies in front of the service. */
export const PROXY_DIAGNOSES = {
  proxy_not_trusted: {
    title: {
      en: 'The service is behind a proxy, but TRUST_PROXY_HOPS is 0',
      zh: '存在反向代理，但 TRUST_PROXY_HOPS 为 0',
    },
    cause: {
      en: '`JWT_ISSUER` is https or its answers have the headers of a proxy, but this service uses plain http. With 0 the service takes the proxy for the client: all users share one rate limit, and sessions and events have the wrong address.',
      zh: '`JWT_ISSUER` 是 https，或其响应带有代理的响应头，而本服务只提供明文 http。值为 0 时服务会把代理当作客户端：所有人共用一个限流额度，会话和事件中的地址也不正确。',
    },
    fix: {
      en: 'Set `TRUST_PROXY_HOPS` to the number of proxies between the internet and the service. Each proxy must append to `X-Forwarded-For`.',
      zh: '将 `TRUST_PROXY_HOPS` 设为互联网与服务之间代理的层数，并让每一层追加 `X-Forwarded-For`。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** The headers of the service itself. */
const OUR_HEADERS = new Set([
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'x-content-type-options',
  'x-request-id',
]);

/** Checks whether the service is configured for the proxies in front of it. */
export const proxyCheck: Check<DoctorContext> = {
  title: { en: 'Reverse proxy (TRUST_PROXY_HOPS)', zh: '反向代理（TRUST_PROXY_HOPS）' },
  async run(context) {
    const { TRUST_PROXY_HOPS, JWT_ISSUER } = context.config;
    if (TRUST_PROXY_HOPS > 0) return [];
    const answer = await context.jwks();
    const headers = 'failure' in answer ? [] : [...answer.headers.keys()];
    const traces = headers.filter((name) => !OUR_HEADERS.has(name));
    if (JWT_ISSUER.startsWith('https:')) traces.unshift('https');
    return traces.length === 0
      ? []
      : [{ diagnosis: PROXY_DIAGNOSES.proxy_not_trusted, about: `${JWT_ISSUER} (${traces.join(', ')})` }];
  },
};
