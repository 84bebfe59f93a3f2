import type { ProblemSpec } from './problem-spec.js';

/** What is wrong with the service itself. */
export const SERVICE_PROBLEMS = {
  database_unavailable: {
    status: 503,
    title: 'The database is not available',
    cause: {
      en: 'It does not answer, is starting, locked, full, read-only or damaged, or the connection to it was lost. A write is undone as a rule. If the connection was lost during the commit, it may have been written: a 503 on a write does not mean that nothing was written.',
      zh: '数据库无响应、正在启动、被锁定、空间已满、只读或损坏，或连接中断。写入通常会回滚；但若连接恰好在提交时中断，数据可能已经写入：写请求返回 503 并不代表一定没有写入。',
    },
    fix: {
      en: 'Try again as `Retry-After` says. A refresh, a logout and a changed profile can be sent again as they are; a login needs a new code. If a document sent again with the same `If-Match` answers 412, the first write may be the reason: read the document and compare. The operator finds the reason in the log.',
      zh: '按 `Retry-After` 重试。刷新令牌、退出登录和修改资料可原样重发；登录需要新的 code。用同一个 `If-Match` 重发文档若返回 412，可能是第一次写入已生效：请重新读取文档并比对。运维人员可在日志中查看原因。',
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
