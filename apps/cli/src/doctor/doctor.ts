import { clockCheck } from './clock.check.js';
import { databaseCheck } from './database.check.js';
import type { Check, Findings, Words } from './diagnosis.js';
import { ENVIRONMENT_TITLE, readEnvironment } from './environment.check.js';
import { Evidence } from './evidence.js';
import { issuerCheck } from './issuer.check.js';
import { jwksCheck } from './jwks.check.js';
import { proxyCheck } from './proxy.check.js';
import { redisCheck } from './redis.check.js';
import { secretKeyCheck } from './secret-key.check.js';
import { unionidCheck } from './unionid.check.js';
import { weixinAddressCheck } from './weixin-address.check.js';
import { weixinAppsCheck } from './weixin-apps.check.js';

/** In the order in which they are told. */
const CHECKS: readonly Check<Evidence>[] = [
  weixinAddressCheck,
  weixinAppsCheck,
  clockCheck,
  databaseCheck,
  redisCheck,
  secretKeyCheck,
  issuerCheck,
  jwksCheck,
  proxyCheck,
  unionidCheck,
];

/** What one check found. */
export interface Result {
  readonly title: Words;
  readonly findings: Findings;
}

/**
 * Examines an installation, whether the service runs or cannot start, and changes nothing: no migration, no key, no file.
 * One result for each check, in order.
 */
export async function examine(env: NodeJS.ProcessEnv): Promise<readonly Result[]> {
  const { config, findings } = readEnvironment(env);
  const environment: Result = { title: ENVIRONMENT_TITLE, findings };
  if (!config) return [environment, ...CHECKS.map(({ title }): Result => ({ title, findings: 'unchecked' }))];
  const evidence = new Evidence(config);
  try {
    const results = [environment];
    for (const check of CHECKS) {
      results.push({ title: check.title, findings: await check.run(evidence) });
    }
    return results;
  } finally {
    await evidence.close();
  }
}
