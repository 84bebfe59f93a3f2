import { examineRedis } from '@app/redis';
import { certificateDiagnosis } from './certificate-diagnoses.js';
import type { Check, Diagnosis } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with Redis. The service works without it. */
export const REDIS_DIAGNOSES = {
  redis_silent: {
    title: { en: 'Redis cannot be reached', zh: '无法连接 Redis' },
    cause: {
      en: 'Nothing answers at `REDIS_URL` within two seconds, or TLS is expected on one side only. Until it does, limits count per instance, and the end of a session takes up to two seconds to reach the other instances.',
      zh: '`REDIS_URL` 处两秒内无响应，或只有一方启用了 TLS。在此期间限流按单个实例计数，会话结束最多需两秒才能传到其他实例。',
    },
    fix: {
      en: 'Start Redis, and compare host, port and scheme: `rediss://` is with TLS. With one instance leave `REDIS_URL` out.',
      zh: '启动 Redis，并核对主机、端口与协议：`rediss://` 表示使用 TLS。只有一个实例时无需设置 `REDIS_URL`。',
    },
  },
  redis_refusing: {
    title: { en: 'Redis refuses the service', zh: 'Redis 拒绝了本服务' },
    cause: {
      en: 'The word behind says why: `NOAUTH` and `WRONGPASS` the password, `NOPERM` the rights of the user, `READONLY` a replica, `OOM` no memory left, `LOADING` that it has just started.',
      zh: '后面的词说明原因：`NOAUTH`、`WRONGPASS` 为密码，`NOPERM` 为用户权限，`READONLY` 为只读副本，`OOM` 为内存已满，`LOADING` 为正在启动。',
    },
    fix: {
      en: 'Correct user and password in `REDIS_URL`; give the user EVALSHA, EVAL, GET, INCR, PTTL, SET, PUBLISH and SUBSCRIBE on `weapp-passport:*`; point it at the primary; set `maxmemory-policy volatile-ttl`.',
      zh: '更正 `REDIS_URL` 中的用户名与密码；授予该用户对 `weapp-passport:*` 的 EVALSHA、EVAL、GET、INCR、PTTL、SET、PUBLISH、SUBSCRIBE 权限；指向主节点；设置 `maxmemory-policy volatile-ttl`。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Does what the service asks of it. */
export const redisCheck: Check<Evidence> = {
  title: { en: 'Redis', zh: 'Redis' },
  async run({ config: { REDIS_URL } }) {
    if (REDIS_URL === undefined) return 'unused';
    const state = await examineRedis(REDIS_URL);
    if (state.is === 'well') return [];
    const diagnosis =
      certificateDiagnosis(state.reason) ??
      (state.is === 'silent' ? REDIS_DIAGNOSES.redis_silent : REDIS_DIAGNOSES.redis_refusing);
    return [{ diagnosis, about: `${new URL(REDIS_URL).host} (${state.reason})` }];
  },
};
