import { certificateDiagnosis } from './certificate-diagnoses.js';
import type { Check, Diagnosis } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with the published keys. */
export const JWKS_DIAGNOSES = {
  jwks_unreachable: {
    title: { en: 'Nothing answers at JWT_ISSUER', zh: 'JWT_ISSUER 无响应' },
    cause: {
      en: 'The service or the proxy in front is not running, a firewall is in between, or the name does not resolve. Some networks do not let a machine reach its own public address.',
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
      en: 'What is at `/.well-known/jwks.json` there are not the keys of this database: `JWT_ISSUER` or the proxy points elsewhere, or the service there uses another `DATABASE_URL` or `JWT_ALGORITHM`.',
      zh: '该处 `/.well-known/jwks.json` 的内容不是本数据库的密钥：`JWT_ISSUER` 或代理指向了别处，或那里的服务使用了不同的 `DATABASE_URL` 或 `JWT_ALGORITHM`。',
    },
    fix: {
      en: 'Run the doctor with the environment of the service. Compare where the proxy leads with `HOST` and `PORT`.',
      zh: '用与服务相同的环境变量运行本命令，并核对代理的目标与 `HOST`、`PORT`。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** What is at JWT_ISSUER are the keys of this database. */
export const jwksCheck: Check<Evidence> = {
  title: { en: 'Published keys (JWKS)', zh: '公开的密钥（JWKS）' },
  async run(evidence) {
    const answer = await evidence.jwks();
    const about = evidence.config.JWT_ISSUER;
    if ('failure' in answer) {
      const diagnosis = certificateDiagnosis(answer.failure) ?? JWKS_DIAGNOSES.jwks_unreachable;
      return [{ diagnosis, about: `${about} (${answer.failure})` }];
    }
    const kids = kidsOf(answer.body);
    if (answer.status !== 200 || !kids)
      return [{ diagnosis: JWKS_DIAGNOSES.jwks_foreign, about: `${about} (HTTP ${answer.status})` }];
    return (await areOurs(kids, evidence)) ? [] : [{ diagnosis: JWKS_DIAGNOSES.jwks_foreign, about }];
  },
};

function kidsOf({ keys }: Readonly<Record<string, unknown>>): string[] | undefined {
  return Array.isArray(keys) ? keys.map((key: { kid?: unknown } | null) => String(key?.kid)) : undefined;
}

/** A proxy may cache them, so one in common is enough. */
async function areOurs(kids: readonly string[], evidence: Evidence): Promise<boolean> {
  if (evidence.config.JWT_ALGORITHM === 'HS256') return kids.length === 0;
  const rows = await evidence.signingKeys();
  return !rows || rows.length === 0 || rows.some(({ id }) => kids.includes(id));
}
