import type { ProblemSpec } from './problem-spec.js';

/** Problems of the service itself. */
export const SERVICE_PROBLEMS = {
  database_unavailable: {
    status: 503,
    title: { en: 'The database is not available', zh: '数据库不可用' },
    cause: {
      en: 'It does not answer, is starting, locked, full, read-only or damaged, or the connection was lost. Normally the write is rolled back. If the connection was lost during the commit, the data may have been written: a 503 on a write does not prove that nothing was written.',
      zh: '数据库无响应、正在启动、被锁定、空间已满、只读或损坏，或连接中断。写入通常会回滚；但如果连接恰好在提交时中断，数据可能已经写入：写请求返回 503，不代表一定没有写入。',
    },
    fix: {
      en: 'Retry after the time in `Retry-After`. A refresh, a logout and a profile change can be sent again unchanged; a login needs a new code. If a document sent again with the same `If-Match` gets 412, the first write may have succeeded: read the document and compare. The operator finds the reason in the log.',
      zh: '按 `Retry-After` 等待后重试。刷新令牌、退出登录和修改资料可以原样重发；登录需要新的 code。带着同一个 `If-Match` 重发文档时如果返回 412，可能是第一次写入已经生效：请重新读取文档并比对。原因见服务日志。',
    },
  },
  shutting_down: {
    status: 503,
    title: { en: 'This instance is stopping', zh: '实例正在停止' },
    cause: {
      en: 'It received a stop signal. It finishes the requests in flight, and `/health/ready` makes the load balancer send new ones to other instances.',
      zh: '该实例收到了停止信号：它会处理完已接收的请求，并通过 `/health/ready` 让负载均衡把新请求转到其他实例。',
    },
    fix: {
      en: 'None is needed: a load balancer uses another instance.',
      zh: '无需处理，负载均衡会改用其他实例。',
    },
  },
  internal_error: {
    status: 500,
    title: { en: 'The service failed', zh: '服务内部错误' },
    cause: { en: 'A bug or an unexpected failure of this service.', zh: '服务自身的缺陷或意外故障。' },
    fix: {
      en: 'Report it with `instance`: the log has the details under this id.',
      zh: '请附上 `instance` 反馈，日志中该 id 下有详细信息。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
