import { cleanEnv } from 'envalid';
import { Config } from './config.js';
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
  const production = variables.NODE_ENV === 'production';
  if (production) problems.push(...productionProblems(variables, problems));
  // The apps of the file come after those of the variable; without either the sandbox's are served.
  const weixinApps = variables.WEIXIN_APPS ?? (variables.WEIXIN_APPS_FILE === undefined ? SANDBOX_APPS : []);
  const sources = { host: variables.HOST, weixinApps, weixinAppsFile: variables.WEIXIN_APPS_FILE };
  const served = readApps(sources, problems);
  if (problems.length > 0 || !served) throw new ConfigError(problems);

  const usesSandbox = !production && isSandboxApp(served[0]);
  const weixinApiBaseUrl =
    variables.WEIXIN_API_BASE_URL ??
    (usesSandbox ? `http://127.0.0.1:${variables.SANDBOX_PORT}` : 'https://api.weixin.qq.com');
  return Object.freeze(
    Object.assign(new Config(), {
      production,
      ...sources,
      port: variables.PORT,
      maxConnections: variables.MAX_CONNECTIONS,
      trustProxyHops: variables.TRUST_PROXY_HOPS,
      logLevel: variables.LOG_LEVEL,
      logFormat: variables.LOG_FORMAT ?? (isTerminal && !production ? 'pretty' : 'json'),
      metricsPort: variables.METRICS_PORT,
      otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT,
      shutdownDelaySeconds: variables.SHUTDOWN_DELAY_SECONDS,
      shutdownTimeoutSeconds: variables.SHUTDOWN_TIMEOUT_SECONDS,
      docs: variables.DOCS ?? !production,
      databaseUrl: variables.DATABASE_URL,
      databasePoolSize: variables.DATABASE_POOL_SIZE,
      sqliteSynchronous: variables.SQLITE_SYNCHRONOUS,
      redisUrl: variables.REDIS_URL,
      secretKey: variables.SECRET_KEY ?? laptopSecret('data/secret.key'),
      secretKeyFallbacks: variables.SECRET_KEY_FALLBACKS,
      weixinApiBaseUrl,
      sandboxUrl: usesSandbox ? weixinApiBaseUrl : undefined,
      weixinApiFallbackUrl: variables.WEIXIN_API_FALLBACK_URL,
      weixinCloudRun: variables.WEIXIN_CLOUD_RUN,
      weixinRiskRankMax: variables.WEIXIN_RISK_RANK_MAX,
      weixinContentCheck: variables.WEIXIN_CONTENT_CHECK,
      phoneBindingsPerDay: variables.PHONE_BINDINGS_PER_DAY,
      weixinTimeoutMs: variables.WEIXIN_TIMEOUT_MS,
      jwtAlgorithm: variables.JWT_ALGORITHM,
      jwtIssuer: variables.JWT_ISSUER ?? `http://127.0.0.1:${variables.PORT || DEFAULT_PORT}`,
      jwtAudience: variables.JWT_AUDIENCE,
      accessTokenTtlSeconds: variables.ACCESS_TOKEN_TTL_SECONDS,
      refreshTokenIdleTtlSeconds: variables.REFRESH_TOKEN_IDLE_TTL_SECONDS,
      sessionTtlSeconds: variables.SESSION_TTL_SECONDS,
      refreshReuseGraceSeconds: variables.REFRESH_REUSE_GRACE_SECONDS,
      maxSessionsPerUser: variables.MAX_SESSIONS_PER_USER,
      authEventsRetentionDays: variables.AUTH_EVENTS_RETENTION_DAYS,
      avatarHosts: variables.AVATAR_HOSTS,
      rateLimitLoginPerMinute: variables.RATE_LIMIT_LOGIN_PER_MINUTE,
      rateLimitLoginPerAppPerMinute: variables.RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE,
      rateLimitRefreshPerMinute: variables.RATE_LIMIT_REFRESH_PER_MINUTE,
      rateLimitVerifyPerMinute: variables.RATE_LIMIT_VERIFY_PER_MINUTE,
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
