import { cleanEnv } from 'envalid';
import { cloudRunDatabase } from './cloud-run-database.js';
import { Config, type Settings } from './config.js';
import { ConfigError } from './config-error.js';
import { developmentSecretKey, SECRET_COMMAND } from './secret-key.js';
import { secretWeakness } from './secret-weakness.js';
import { isSandboxApp, readServedApps, type ServedApps } from './served-apps.js';
import { unknownNames } from './unknown-names.js';
import { SANDBOX_APPS } from './sandbox-apps.js';
import { VARIABLES, type Variables } from './variables/variables.js';

const DEFAULT_PORT = 8000;
const DEFAULT_ADMIN_PORT = 9002;

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
  const ADMIN_PORT = variables.ADMIN_PORT ?? defaultAdminPort(variables);
  if (ADMIN_PORT && ADMIN_PORT === variables.PORT)
    problems.push(
      `ADMIN_PORT must differ from PORT; outside production its default is ${DEFAULT_ADMIN_PORT}`,
    );
  // The apps of the file follow those of the variable. Without both, the service serves the sandbox's apps.
  const WEIXIN_APPS = variables.WEIXIN_APPS ?? (variables.WEIXIN_APPS_FILE === undefined ? SANDBOX_APPS : []);
  const served = readApps({ ...variables, WEIXIN_APPS }, problems);
  if (problems.length > 0 || !served) throw new ConfigError(problems);

  const usesSandbox = !isProduction && isSandboxApp(served[0]);
  const WEIXIN_API_BASE_URL =
    variables.WEIXIN_API_BASE_URL ??
    (usesSandbox ? `http://127.0.0.1:${variables.SANDBOX_PORT}` : 'https://api.weixin.qq.com');
  const settings: Settings = {
    ...variables,
    ADMIN_PORT,
    DOCS: variables.DOCS ?? !isProduction,
    JWT_ISSUER: variables.JWT_ISSUER ?? `http://127.0.0.1:${variables.PORT || DEFAULT_PORT}`,
    LOG_FORMAT: variables.LOG_FORMAT ?? (isTerminal && !isProduction ? 'pretty' : 'json'),
    SHUTDOWN_DELAY_SECONDS: variables.SHUTDOWN_DELAY_SECONDS ?? defaultShutdownDelay(variables),
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

/** A proxy sends requests until its next health check, which is every second or two. */
function defaultShutdownDelay({ NODE_ENV, TRUST_PROXY_HOPS }: Variables): number {
  return NODE_ENV === 'production' && TRUST_PROXY_HOPS > 0 ? 2 : 0;
}

/** Tests start many services on one machine, so they name the port if they need it. */
function defaultAdminPort({ NODE_ENV, PORT }: Variables): number | undefined {
  if (NODE_ENV !== 'development') return undefined;
  return PORT === 0 ? 0 : DEFAULT_ADMIN_PORT;
}

function parse(env: NodeJS.ProcessEnv): { variables: Variables; problems: string[] } {
  // In compose files and shells, an empty value means "not set".
  const given = {
    ...cloudRunDatabase(env),
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  };
  const problems: string[] = [];
  const variables = cleanEnv(given, VARIABLES, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) problems.push(`${name} ${error.message}`);
    },
  });
  return { variables: { ...variables }, problems };
}

/** Returns the served apps, or adds the faults to `problems`. */
function readApps(sources: Parameters<typeof readServedApps>[0], problems: string[]): ServedApps | undefined {
  if (problems.some((line) => /^WEIXIN_(APPS|PUSH_KEYS)/.test(line))) return undefined;
  try {
    return readServedApps(sources);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** The variables that production requires, and their alternatives. */
const REQUIRED = [
  ['SECRET_KEY', undefined],
  ['WEIXIN_APPS', 'WEIXIN_APPS_FILE'],
  ['JWT_ISSUER', undefined],
] as const;

/** Returns the faults that prevent a start in production. @param variables without the invalid ones */
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
