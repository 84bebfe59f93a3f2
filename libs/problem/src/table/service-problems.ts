import type { ProblemSpec } from './problem-spec.js';

/** What is wrong with the service itself. */
export const SERVICE_PROBLEMS = {
  database_unavailable: {
    status: 503,
    title: 'The database is not available',
    cause: {
      en: 'It does not answer, is locked, full, read-only or damaged. Nothing was written.',
      zh: '数据库无响应、被锁定、空间已满、只读或损坏。未写入任何内容。',
    },
    fix: {
      en: 'Try again as `Retry-After` says; the operator finds the reason in the log.',
      zh: '按 `Retry-After` 重试；运维人员可在日志中查看原因。',
    },
  },
  shutting_down: {
    status: 503,
    title: 'This instance is stopping',
    cause: {
      en: 'It was told to stop. It answers what it has begun, and `/health/ready` sends new requests elsewhere.',
      zh: '该实例已收到停止信号：正在完成已开始的请求，`/health/ready` 让新请求转往其他实例。',
    },
    fix: {
      en: 'None is needed: a balancer asks another instance.',
      zh: '无需处理：负载均衡会改用其他实例。',
    },
  },
  internal_error: {
    status: 500,
    title: 'The service failed',
    cause: { en: 'A fault of this service.', zh: '服务自身的故障。' },
    fix: {
      en: 'Report it with `instance`, under which the log has the details.',
      zh: '请带上 `instance` 反馈，日志中有对应的详情。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
