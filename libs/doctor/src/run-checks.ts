import type { Words } from '@app/common';
import type { WeixinApp } from '@app/config';
import { clockCheck } from './clock.check.js';
import { databaseCheck } from './database.check.js';
import type { Check, Finding, Findings } from './diagnosis.js';
import { ENVIRONMENT_TITLE } from './environment.check.js';
import { DoctorContext, type Installation } from './doctor-context.js';
import { deletionLedgerCheck } from './deletion-ledger.check.js';
import { issuerCheck } from './issuer.check.js';
import { jwksCheck } from './jwks.check.js';
import { proxyCheck } from './proxy.check.js';
import { pushCheck } from './push.check.js';
import { redisCheck } from './redis.check.js';
import { secretKeyCheck } from './secret-key.check.js';
import { unionidCheck } from './unionid.check.js';
import { weixinAddressCheck } from './weixin-address.check.js';
import { weixinAppsCheck } from './weixin-apps.check.js';

/** Every check by its name in the JSON, in the order of the report. */
const CHECKS: Readonly<Record<string, Check<DoctorContext>>> = {
  weixin_address: weixinAddressCheck,
  weixin_apps: weixinAppsCheck,
  clock: clockCheck,
  database: databaseCheck,
  redis: redisCheck,
  secret_key: secretKeyCheck,
  issuer: issuerCheck,
  jwks: jwksCheck,
  proxy: proxyCheck,
  push: pushCheck,
  deletion_ledger: deletionLedgerCheck,
  unionid: unionidCheck,
};

/** The findings of one check. */
export interface Result {
  readonly name: string;
  readonly title: Words;
  readonly findings: Findings;
}

/**
 * Runs all checks of an installation, in 15 seconds at most. The service may be running or stopped. Changes nothing: no
 * migration, no key, no file.
 * @param installation undefined if the environment does not allow a start: no other check can run then
 * @param environment the findings about the environment
 * @returns one result for each check, in order
 */
export async function runChecks(
  installation: Installation | undefined,
  environment: Findings,
): Promise<readonly Result[]> {
  const first: Result = { name: 'environment', title: ENVIRONMENT_TITLE, findings: environment };
  const context = installation && new DoctorContext(installation);
  try {
    // All at the same time: a server that does not answer delays the report once, not for each check and each mini-program.
    const others = Object.entries(CHECKS).map(async ([name, check]): Promise<Result> => {
      const findings = context ? await check.run(context) : 'unchecked';
      return { name, title: check.title, findings };
    });
    return [first, ...(await Promise.all(others))];
  } finally {
    await context?.close();
  }
}

/** Tests whether WeChat's pushes to a mini-program would arrive. @returns the first problem; undefined if there is none */
export async function testPush(installation: Installation, app: WeixinApp): Promise<Finding | undefined> {
  const context = new DoctorContext({ ...installation, apps: [app] });
  try {
    const findings = await pushCheck.run(context);
    // The push is not sent to a server that is not this service, and this check names the cause.
    const causes = findings === 'unchecked' ? await jwksCheck.run(context) : findings;
    return typeof causes === 'string' ? undefined : causes[0];
  } finally {
    await context.close();
  }
}
