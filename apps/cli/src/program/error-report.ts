import { ConfigError } from '@app/config';
import { Problem, PROBLEMS } from '@app/problem';
import { CliError, type ErrorSpec } from './cli-error.js';
import type { Translate } from './translate.js';

const ENVIRONMENT_FAULTY: ErrorSpec = {
  code: 'environment_faulty',
  en: 'The environment does not allow a start: {problems}\nSet the variables as described in docs/config.md. Run the command with the environment of the service, for example by node --env-file=.env.',
  zh: '环境变量有误，服务无法启动：{problems}\n请按 docs/config.md 设置变量，并使用与服务相同的环境变量运行命令，例如 node --env-file=.env。',
};

const INTERNAL_ERROR: ErrorSpec = {
  code: 'internal_error',
  en: 'The command failed: {reason}\nRun npm run doctor. Set DEBUG=1 to see the stack.',
  zh: '命令执行失败：{reason}\n请运行 npm run doctor 检查部署；设置 DEBUG=1 可查看调用栈。',
};

/** Returns any error as one that has a code, and a message and a fix in both languages. */
function cliErrorOf(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof ConfigError)
    return new CliError(ENVIRONMENT_FAULTY, { problems: error.problems.join('; ') });
  if (error instanceof Problem) {
    const { code, options } = error;
    const { cause, fix } = PROBLEMS[code];
    const detail = options.detail === undefined ? '' : ` (${options.detail})`;
    return new CliError({
      code,
      en: `${cause.en}${detail}\n${fix.en}`,
      zh: `${cause.zh}${detail}\n${fix.zh}`,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new CliError(INTERNAL_ERROR, { reason: reason.replace(/\s*\n\s*/g, ' ') });
}

/** Returns what an operator, or with `--json` a script, reads about an error, and the exit code. */
export function reportError(
  error: unknown,
  asJson: boolean,
  t: Translate,
): { text: string; exitCode: 1 | 2 | 3 } {
  const { spec, values } = cliErrorOf(error);
  const text = t(spec, values);
  const [message, fix] = text.split('\n');
  const shown = asJson ? JSON.stringify({ error: { code: spec.code, message, fix } }) : text;
  return { text: `${shown}\n`, exitCode: spec.exitCode ?? 1 };
}
