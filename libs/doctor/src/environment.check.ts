import { type Config, ConfigError, existingSecretKey, loadConfig } from '@app/config';
import type { Words } from '@app/common';
import type { Diagnosis, Finding } from './diagnosis.js';

/** Faults of the environment. */
export const ENVIRONMENT_DIAGNOSES = {
  environment_faulty: {
    title: { en: 'The environment does not allow a start', zh: '环境变量不允许启动' },
    cause: {
      en: 'The variable is missing or has a value that the service does not understand.',
      zh: '变量缺失，或其取值无法识别。',
    },
    fix: {
      en: 'Set it as described in `docs/config.md`. Run the doctor with the environment of the service, for example by `node --env-file=.env`.',
      zh: '按 `docs/config.md` 设置。请用与服务相同的环境变量运行本命令，例如 `node --env-file=.env`。',
    },
  },
  environment_unknown: {
    isHint: true,
    title: { en: 'A variable is not read', zh: '未被读取的变量' },
    cause: { en: 'Its name is mistyped, or belongs to another version.', zh: '变量名有误，或属于其他版本。' },
    fix: { en: 'Correct the name, or remove it.', zh: '更正变量名，或将其删除。' },
  },
} as const satisfies Record<string, Diagnosis>;

/** The title of the check before all others, which need the settings. */
export const ENVIRONMENT_TITLE: Words = { en: 'Environment', zh: '环境变量' };

/** Returns the findings about settings that allow a start. */
export const environmentFindings = ({ warnings }: Config): readonly Finding[] =>
  warnings.map((about) => ({ diagnosis: ENVIRONMENT_DIAGNOSES.environment_unknown, about }));

/** Returns the settings if they allow a start, and the findings about them. Creates no secret. */
export function readEnvironment(env: NodeJS.ProcessEnv): { config?: Config; findings: readonly Finding[] } {
  const { environment_faulty: faulty } = ENVIRONMENT_DIAGNOSES;
  try {
    const config = loadConfig(env, existingSecretKey);
    return { config, findings: environmentFindings(config) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { findings: error.problems.map((about) => ({ diagnosis: faulty, about })) };
  }
}
