import { cleanEnv } from 'envalid';
import { isIP } from 'node:net';
import { Config, type WeixinApp } from './config.js';
import { ConfigError } from './config-error.js';
import { developmentSecretKey, secretKeyWeakness } from './secret-key.js';
import { unknownNames } from './unknown-names.js';
import { SANDBOX_APPS, VARIABLES, type Variables } from './variables.js';

/**
 * Reads and checks the whole environment.
 * Outside production it makes `data/secret.key` where no `SECRET_KEY` is given.
 * @throws {ConfigError} naming every variable that is missing or wrong, all at once, and no value
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { variables, problems } = parse(env);
  const production = variables.NODE_ENV === 'production';
  problems.push(
    ...(production ? productionProblems(variables, problems) : []),
    ...sandboxProblems(variables),
  );
  if (problems.length > 0) throw new ConfigError(problems);

  const [first, ...others] = variables.WEIXIN_APPS ?? SANDBOX_APPS;
  if (!first) throw new ConfigError(['WEIXIN_APPS is empty']);
  const usesSandbox = !production && isSandboxApp(first);
  return Object.freeze(
    Object.assign(new Config(), {
      production,
      host: variables.HOST,
      port: variables.PORT,
      trustProxyHops: variables.TRUST_PROXY_HOPS,
      logLevel: variables.LOG_LEVEL,
      docs: variables.DOCS ?? !production,
      databaseUrl: variables.DATABASE_URL,
      secretKey: variables.SECRET_KEY ?? developmentSecretKey('data/secret.key'),
      secretKeyFallbacks: variables.SECRET_KEY_FALLBACKS,
      weixinApps: [first, ...others] as const,
      weixinApiBaseUrl:
        variables.WEIXIN_API_BASE_URL ??
        (usesSandbox ? `http://127.0.0.1:${variables.SANDBOX_PORT}` : 'https://api.weixin.qq.com'),
      weixinAppsFile: variables.WEIXIN_APPS_FILE,
      weixinApiFallbackUrl: variables.WEIXIN_API_FALLBACK_URL,
      weixinCloudRun: variables.WEIXIN_CLOUD_RUN,
      weixinRiskRankMax: variables.WEIXIN_RISK_RANK_MAX,
      weixinContentCheck: variables.WEIXIN_CONTENT_CHECK,
      phoneBindingsPerDay: variables.PHONE_BINDINGS_PER_DAY,
      weixinTimeoutMs: variables.WEIXIN_TIMEOUT_MS,
      jwtAlgorithm: variables.JWT_ALGORITHM,
      jwtIssuer: variables.JWT_ISSUER ?? 'http://127.0.0.1:8000',
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

/** @param variables without those that were not understood */
function productionProblems(variables: Partial<Variables>, found: readonly string[]): string[] {
  const problems: string[] = [];
  for (const name of ['SECRET_KEY', 'WEIXIN_APPS', 'JWT_ISSUER'] as const) {
    const alreadySaid = found.some((line) => line.startsWith(`${name} `));
    if (variables[name] === undefined && !alreadySaid) problems.push(`${name} is required in production`);
  }
  for (const secret of [variables.SECRET_KEY, ...(variables.SECRET_KEY_FALLBACKS ?? [])]) {
    const weakness = secret === undefined ? undefined : secretKeyWeakness(secret);
    if (weakness)
      problems.push(`${secret === variables.SECRET_KEY ? 'SECRET_KEY' : 'SECRET_KEY_FALLBACKS'} ${weakness}`);
  }
  for (const name of ['WEIXIN_API_BASE_URL', 'WEIXIN_API_FALLBACK_URL'] as const) {
    if (variables[name]?.startsWith('http:') && !variables.WEIXIN_ALLOW_HTTP)
      problems.push(`${name} must be https: in production, because the AppSecret travels in it`);
  }
  return problems;
}

function sandboxProblems({ HOST, WEIXIN_APPS: apps = SANDBOX_APPS }: Variables): string[] {
  const problems: string[] = [];
  if (apps.some(isSandboxApp) && !isLoopback(HOST)) {
    problems.push(
      "HOST must be a loopback address with the sandbox's apps: their secrets are public, so anyone could log in",
    );
  }
  if (apps.some(isSandboxApp) && !apps.every(isSandboxApp)) {
    problems.push(
      "WEIXIN_APPS mixes the sandbox's apps with others, and they cannot be served by one address",
    );
  }
  return problems;
}

const isSandboxApp = ({ appid }: WeixinApp) => SANDBOX_APPS.some((sandboxApp) => sandboxApp.appid === appid);

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
