import { CERTIFICATE_DIAGNOSES } from './certificate-diagnoses.js';
import { CLOCK_DIAGNOSES } from './clock.check.js';
import { DATABASE_DIAGNOSES } from './database.check.js';
import type { Diagnosis } from './diagnosis.js';
import { ENVIRONMENT_DIAGNOSES } from './environment.check.js';
import { ISSUER_DIAGNOSES } from './issuer.check.js';
import { JWKS_DIAGNOSES } from './jwks.check.js';
import { PROXY_DIAGNOSES } from './proxy.check.js';
import { REDIS_DIAGNOSES } from './redis.check.js';
import { SECRET_KEY_DIAGNOSES } from './secret-key.check.js';
import { UNIONID_DIAGNOSES } from './unionid.check.js';
import { WEIXIN_APP_DIAGNOSES } from './weixin-app-diagnoses.js';

/** The doctor's whole table. */
export const DIAGNOSES: Readonly<Record<string, Diagnosis>> = {
  ...ENVIRONMENT_DIAGNOSES,
  ...WEIXIN_APP_DIAGNOSES,
  ...CLOCK_DIAGNOSES,
  ...DATABASE_DIAGNOSES,
  ...REDIS_DIAGNOSES,
  ...SECRET_KEY_DIAGNOSES,
  ...ISSUER_DIAGNOSES,
  ...JWKS_DIAGNOSES,
  ...CERTIFICATE_DIAGNOSES,
  ...PROXY_DIAGNOSES,
  ...UNIONID_DIAGNOSES,
};

/** The part of `docs/errors.md` on what the doctor finds. */
export function renderDiagnoses(): string {
  const sections = Object.values(DIAGNOSES).map(
    ({ title, cause, fix, isHint }) => `### ${title.en} · ${title.zh}

- ${isHint ? 'A hint. ' : ''}Cause: ${cause.en}
- Fix: ${fix.en}
- ${isHint ? '提示。' : ''}原因：${cause.zh}
- 解决：${fix.zh}
`,
  );
  return `## What \`npm run doctor\` finds

It examines an installation with the environment of the service, whether that runs or cannot start, and changes nothing.
It ends with 0 where nothing is wrong and with 1 where it found a problem. 输出语言由 \`LANG\` 决定。

${sections.join('\n')}`;
}
