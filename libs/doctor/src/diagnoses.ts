import { CERTIFICATE_DIAGNOSES } from './certificate-diagnoses.js';
import { CLOCK_DIAGNOSES } from './clock.check.js';
import { DATABASE_DIAGNOSES } from './database.check.js';
import { DELETION_LEDGER_DIAGNOSES } from './deletion-ledger.check.js';
import type { Language } from '@app/common';
import type { Diagnosis } from './diagnosis.js';
import { ENVIRONMENT_DIAGNOSES } from './environment.check.js';
import { ISSUER_DIAGNOSES } from './issuer.check.js';
import { JWKS_DIAGNOSES } from './jwks.check.js';
import { PROXY_DIAGNOSES } from './proxy.check.js';
import { PUSH_DIAGNOSES } from './push.check.js';
import { REDIS_DIAGNOSES } from './redis.check.js';
import { SECRET_KEY_DIAGNOSES } from './secret-key.check.js';
import { UNIONID_DIAGNOSES } from './unionid.check.js';
import { WEIXIN_APP_DIAGNOSES } from './weixin-app-diagnoses.js';

/** Every diagnosis by its code. */
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
  ...PUSH_DIAGNOSES,
  ...DELETION_LEDGER_DIAGNOSES,
  ...UNIONID_DIAGNOSES,
};

const PAGE_WORDS = {
  en: {
    introduction: `## What \`npm run doctor\` finds

The command checks an installation with the environment of the service, whether the service runs or cannot start, and changes nothing.
It exits with 0 if it finds no problem, otherwise with 1. Hints do not count as problems. With \`--json\` each finding has the code that is below its title here: see [cli.md](cli.md).`,
    hint: 'A hint. ',
    cause: 'Cause: ',
    fix: 'Fix: ',
  },
  zh: {
    introduction: `## \`npm run doctor\` 的诊断结果

该命令使用与服务相同的环境变量检查部署，无论服务是否在运行、能否启动都可以执行，并且不做任何修改。没有发现问题时以 0 退出，否则以 1 退出；提示不算问题。使用 \`--json\` 时，每项结果带有此处标题下方的代码，参见 [cli.md](cli.md)。`,
    hint: '提示。',
    cause: '原因：',
    fix: '解决：',
  },
} as const;

/** Returns the part of `docs/errors.md` or `docs/zh-CN/errors.md` about the findings of the doctor. */
export function renderDiagnoses(language: Language): string {
  const words = PAGE_WORDS[language];
  const sections = Object.entries(DIAGNOSES).map(
    ([code, { title, cause, fix, isHint }]) => `### ${title[language]}

\`${code}\`

- ${isHint ? words.hint : ''}${words.cause}${cause[language]}
- ${words.fix}${fix[language]}
`,
  );
  return `${words.introduction}\n\n${sections.join('\n')}`;
}
