import { cleanEnv } from 'envalid';
import { Config, type Settings } from './config.js';
import { ConfigError } from './config-error.js';
import { developmentSecretKey, SECRET_COMMAND } from './secret-key.js';
import { secretWeakness } from './secret-weakness.js';
import { isSandboxApp, readServedApps, type ServedApps } from './served-apps.js';
import { unknownNames } from './unknown-names.js';
import { SANDBOX_APPS } from './sandbox-apps.js';
import { VARIABLES, type Variables } from './variables/variables.js';

const DEFAULT_PORT = 8000;

/**
 * Reads and checks the whole environment.
 * @param laptopSecret returns the secret of a file if `SECRET_KEY` is not set outside production; by default it creates the file
 * @param isTerminal whether standard output is a terminal
 * @throws {ConfigError} naming every variable that is missing or wrong, and no value
 */
export function loadConfig(
  env: NodeJS.ProcessEnv,
  laptopSecret: (path: string) => string = developmentSecretKey,
  isTerminal = process.stdout.isTTY,
): Config {
  const { variables, problems } = parse(env);
  const isProduction = variables.NODE_ENV === 'production';
  if (isProduction) problems.push(...productionProblems(variables, problems));
  // The apps of the file come after those of the variable; without either the sandbox's are served.
  const WEIXIN_APPS = variables.WEIXIN_APPS ?? (variables.WEIXIN_APPS_FILE === undefined ? SANDBOX_APPS : []);
  const served = readApps({ ...variables, WEIXIN_APPS }, problems);
  if (problems.length > 0 || !served) throw new ConfigError(problems);

  const usesSandbox = !isProduction && isSandboxApp(served[0]);
  const WEIXIN_API_BASE_URL =
    variables.WEIXIN_API_BASE_URL ??
    (usesSandbox ? `http://127.0.0.1:${variables.SANDBOX_PORT}` : 'https://api.weixin.qq.com');
  const settings: Settings = {
    ...variables,
    DOCS: variables.DOCS ?? !isProduction,
    JWT_ISSUER: variables.JWT_ISSUER ?? `http://127.0.0.1:${variables.PORT || DEFAULT_PORT}`,
    LOG_FORMAT: variables.LOG_FORMAT ?? (isTerminal && !isProduction ? 'pretty' : 'json'),
    SECRET_KEY: variables.SECRET_KEY ?? laptopSecret('data/secret.key'),
    WEIXIN_API_BASE_URL,
    WEIXIN_APPS,
  };
  return Object.freeze(
    Object.assign(new Config(), settings, {
      isProduction,
      sandboxUrl: usesSandbox ? WEIXIN_API_BASE_URL : undefined,
      warnings: unknownNames(env),
    }),
  );
}

function parse(env: NodeJS.ProcessEnv): { variables: Variables; problems: string[] } {
  // An empty value is how compose files and shells write "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const problems: string[] = [];
  const variables = cleanEnv(given, VARIABLES, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) problems.push(`${name} ${error.message}`);
    },
  });
  return { variables: { ...variables }, problems };
}

/** Adds what is wrong to the problems. */
function readApps(sources: Parameters<typeof readServedApps>[0], problems: string[]): ServedApps | undefined {
  if (problems.some((line) => line.startsWith('WEIXIN_APPS'))) return undefined;
  try {
    return readServedApps(sources);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** What production does not start without, and what may stand in for it. */
const REQUIRED = [
  ['SECRET_KEY', undefined],
  ['WEIXIN_APPS', 'WEIXIN_APPS_FILE'],
  ['JWT_ISSUER', undefined],
] as const;

/** @param variables without those that were not understood */
function productionProblems(variables: Partial<Variables>, found: readonly string[]): string[] {
  const problems: string[] = [];
  for (const [name, alternative] of REQUIRED) {
    const alreadySaid = found.some((line) => line.startsWith(`${name} `));
    const given = variables[name] ?? (alternative && variables[alternative]);
    if (given === undefined && !alreadySaid)
      problems.push(`${name} is required in production${alternative ? `, or ${alternative}` : ''}`);
  }
  const weakness = variables.SECRET_KEY && secretWeakness(variables.SECRET_KEY);
  if (weakness) problems.push(`SECRET_KEY ${weakness}: make one with ${SECRET_COMMAND}`);
  for (const [index, secret] of (variables.SECRET_KEY_FALLBACKS ?? []).entries()) {
    const weakness = secretWeakness(secret);
    if (weakness)
      problems.push(
        `SECRET_KEY_FALLBACKS entry ${index + 1} ${weakness}: reseal, then remove it (SECURITY.md)`,
      );
  }
  for (const name of ['WEIXIN_API_BASE_URL', 'WEIXIN_API_FALLBACK_URL'] as const) {
    if (variables[name]?.startsWith('http:') && !variables.WEIXIN_ALLOW_HTTP)
      problems.push(`${name} must be https: in production, because the AppSecret travels in it`);
  }
  return problems;
}
