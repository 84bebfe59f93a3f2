import type { ProblemSpec } from './problem-spec.js';

/** Problems of the routes that manage webhooks. */
export const WEBHOOK_PROBLEMS = {
  webhook_url_refused: {
    status: 400,
    title: { en: 'No webhook can be sent to this address', zh: '不能向该地址发送 webhook' },
    cause: {
      en: 'The address is not https, its host is unknown, or it leads into a private or special network. `detail` has which.',
      zh: '地址不是 https、主机名无法解析，或指向内网及特殊网段，具体见 `detail`。',
    },
    fix: {
      en: 'Use a public https address, or add the host to `WEBHOOK_ALLOWED_HOSTS`, which allows any address and http for it.',
      zh: '请使用公网 https 地址；或把该主机加入 `WEBHOOK_ALLOWED_HOSTS`，加入后可使用任意地址和 http。',
    },
  },
  webhooks_exhausted: {
    status: 409,
    title: { en: 'There are too many webhooks', zh: 'webhook 数量已达上限' },
    cause: { en: 'A service has at most 20 webhooks.', zh: '每个服务最多 20 个 webhook。' },
    fix: {
      en: 'Remove one, or let one receiver distribute the events.',
      zh: '请删除不用的 webhook，或由一个接收方转发事件。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
