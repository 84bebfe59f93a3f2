import { checkRedis } from '@app/redis';
import { certificateDiagnosis } from './certificate-diagnoses.js';
import type { Check, Diagnosis } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of Redis. The service works without it. */
export const REDIS_DIAGNOSES = {
  redis_silent: {
    title: { en: 'Redis cannot be reached', zh: '无法连接 Redis' },
    cause: {
      en: 'No server answers at `REDIS_URL` within two seconds, or only one side uses TLS. Meanwhile each instance counts limits for itself, and other instances refuse a revoked session only after up to two seconds.',
      zh: '`REDIS_URL` 处两秒内无响应，或只有一方启用了 TLS。在此期间各实例分别计算限流，会话被吊销后其他实例最多两秒后才会拒绝。',
    },
    fix: {
      en: 'Start Redis, and check host, port and scheme: `rediss://` uses TLS. With one instance, remove `REDIS_URL`.',
      zh: '启动 Redis，并核对主机、端口与协议：`rediss://` 表示使用 TLS。只有一个实例时无需设置 `REDIS_URL`。',
    },
  },
  redis_refusing: {
    title: { en: 'Redis refuses the service', zh: 'Redis 拒绝了本服务' },
    cause: {
      en: 'The code after the title names the reason: `NOAUTH` and `WRONGPASS`: the password; `NOPERM`: the permissions of the user; `READONLY`: a replica; `OOM`: out of memory; `LOADING`: Redis has just started.',
      zh: '原因见标题后的代码：`NOAUTH`、`WRONGPASS` 为密码错误，`NOPERM` 为用户权限不足，`READONLY` 为只读副本，`OOM` 为内存已满，`LOADING` 为正在启动。',
    },
    fix: {
      en: 'Correct the user and the password in `REDIS_URL`; allow the user EVALSHA, EVAL, GET, INCR, PTTL, SET, PUBLISH and SUBSCRIBE on `weapp-passport:*`; point it at the primary; set `maxmemory-policy volatile-ttl`.',
      zh: '更正 `REDIS_URL` 中的用户名与密码；授予该用户对 `weapp-passport:*` 的 EVALSHA、EVAL、GET、INCR、PTTL、SET、PUBLISH、SUBSCRIBE 权限；指向主节点；设置 `maxmemory-policy volatile-ttl`。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Checks whether Redis does what the service needs. */
export const redisCheck: Check<DoctorContext> = {
  title: { en: 'Redis', zh: 'Redis' },
  async run({ config: { REDIS_URL } }) {
    if (REDIS_URL === undefined) return 'unused';
    const state = await checkRedis(REDIS_URL);
    if (state.status === 'ok') return [];
    const diagnosis =
      certificateDiagnosis(state.reason) ??
      (state.status === 'no_answer' ? REDIS_DIAGNOSES.redis_silent : REDIS_DIAGNOSES.redis_refusing);
    return [{ diagnosis, about: `${new URL(REDIS_URL).host} (${state.reason})` }];
  },
};
