import { certificateDiagnosis } from './certificate-diagnoses.js';
import type { Check, Diagnosis } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of the published keys. */
export const JWKS_DIAGNOSES = {
  jwks_unreachable: {
    title: { en: 'No server answers at JWT_ISSUER', zh: 'JWT_ISSUER 无响应' },
    cause: {
      en: 'The service or the proxy in front of it is not running, a firewall blocks the connection, or the name does not resolve. In some networks a machine cannot reach its own public address.',
      zh: '服务或其前面的代理未运行，中间有防火墙，或域名无法解析。部分网络不允许机器访问自己的公网地址。',
    },
    fix: {
      en: 'Start the service, then open `/.well-known/jwks.json` below `JWT_ISSUER` from another machine: other back ends fetch the keys there.',
      zh: '启动服务，然后从另一台机器打开 `JWT_ISSUER` 下的 `/.well-known/jwks.json`：其他后端从那里获取公钥。',
    },
  },
  jwks_foreign: {
    title: { en: 'Another service answers at JWT_ISSUER', zh: 'JWT_ISSUER 处是另一个服务' },
    cause: {
      en: '`/.well-known/jwks.json` at this address does not have the keys of this database: `JWT_ISSUER` or the proxy points to another service, or the service there uses another `DATABASE_URL` or `JWT_ALGORITHM`.',
      zh: '该处 `/.well-known/jwks.json` 的内容不是本数据库的密钥：`JWT_ISSUER` 或代理指向了其他服务，或那里的服务使用了不同的 `DATABASE_URL` 或 `JWT_ALGORITHM`。',
    },
    fix: {
      en: 'Run the doctor with the environment of the service. Check that the proxy forwards to `HOST` and `PORT`.',
      zh: '用与服务相同的环境变量运行本命令，并核对代理的目标与 `HOST`、`PORT`。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Checks whether JWT_ISSUER publishes the keys of this database. */
export const jwksCheck: Check<DoctorContext> = {
  title: { en: 'Published keys (JWKS)', zh: '公开的密钥（JWKS）' },
  async run(context) {
    const answer = await context.jwks();
    const about = context.config.JWT_ISSUER;
    if ('failure' in answer) {
      const diagnosis = certificateDiagnosis(answer.failure) ?? JWKS_DIAGNOSES.jwks_unreachable;
      return [{ diagnosis, about: `${about} (${answer.failure})` }];
    }
    const kids = kidsOf(answer.body);
    if (answer.status !== 200 || !kids)
      return [{ diagnosis: JWKS_DIAGNOSES.jwks_foreign, about: `${about} (HTTP ${answer.status})` }];
    return (await areOurs(kids, context)) ? [] : [{ diagnosis: JWKS_DIAGNOSES.jwks_foreign, about }];
  },
};

function kidsOf({ keys }: Readonly<Record<string, unknown>>): string[] | undefined {
  return Array.isArray(keys) ? keys.map((key: { kid?: unknown } | null) => String(key?.kid)) : undefined;
}

/** A proxy may cache the keys, so one in common is enough. */
async function areOurs(kids: readonly string[], context: DoctorContext): Promise<boolean> {
  if (context.config.JWT_ALGORITHM === 'HS256') return kids.length === 0;
  const rows = await context.signingKeys();
  return !rows || rows.length === 0 || rows.some(({ id }) => kids.includes(id));
}
