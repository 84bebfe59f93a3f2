/** Signature algorithm of access tokens (RFC 7518 section 3.1). */
export type JwtAlgorithm = 'ES256' | 'HS256';

/** How log lines are written: for programs or for people. */
export type LogFormat = 'json' | 'pretty';

/** A mini-program this service logs users in for: its AppID and AppSecret from the WeChat console. */
export interface WeixinApp {
  readonly appid: string;
  readonly secret: string;
  /** What the operator calls it. */
  readonly name?: string;
  /** Logins through it in a minute; 0 for no limit, undefined for the limit of all apps. */
  readonly loginPerMinute?: number;
}

/**
 * The settings of one process, read from the environment once at start and never changed.
 * Every duration carries its unit; `docs/config.md` describes the variables behind the fields.
 */
export class Config {
  readonly production!: boolean;
  readonly host!: string;
  readonly port!: number;
  /** Open at one time; the service closes further ones. */
  readonly maxConnections!: number;
  readonly trustProxyHops!: number;
  readonly logLevel!: string;
  readonly logFormat!: LogFormat;
  /** A port of its own for `/metrics`; undefined: beside everything else, and in production nowhere. */
  readonly metricsPort!: number | undefined;
  /** Where traces go; undefined: there are none. */
  readonly otlpEndpoint!: string | undefined;
  /** From SIGTERM to the end of listening. */
  readonly shutdownDelaySeconds!: number;
  /** From the end of listening to the end of the process, at most. */
  readonly shutdownTimeoutSeconds!: number;
  /** Whether Swagger UI is served at `/docs`. */
  readonly docs!: boolean;
  readonly databaseUrl!: string;
  /** Connections of this instance at most, where the database is a server. */
  readonly databasePoolSize!: number;
  /** How SQLite commits: `full` syncs the disk before each answer, so that a power loss undoes no answered write. */
  readonly sqliteSynchronous!: 'normal' | 'full';
  /** Shared by all instances; undefined: there is none. */
  readonly redisUrl!: string | undefined;
  /** The secret every other key is derived from: at least 32 bytes. */
  readonly secretKey!: string;
  /** Older secrets, accepted for reading only. */
  readonly secretKeyFallbacks!: readonly string[];
  /** Those that do not change while the service runs; empty only where there is a {@link weixinAppsFile}. */
  readonly weixinApps!: readonly WeixinApp[];
  /** Path of the JSON file that holds more of them; `readServedApps` gives all. */
  readonly weixinAppsFile!: string | undefined;
  readonly weixinApiBaseUrl!: string;
  /** The base URL of the sandbox if its apps are served; never in production. */
  readonly sandboxUrl!: string | undefined;
  /** The same API at another address, for calls that could not connect. */
  readonly weixinApiFallbackUrl!: string | undefined;
  /** Total deadline of one call to WeChat. */
  readonly weixinTimeoutMs!: number;
  /** Whether the `X-WX-*` headers of a request come from WeChat's gateway and nobody else. */
  readonly weixinCloudRun!: boolean;
  /** 0 to 4; undefined: nobody's risk is asked for. */
  readonly weixinRiskRankMax!: number | undefined;
  readonly weixinContentCheck!: boolean;
  /** 0 for no phone numbers at all. */
  readonly phoneBindingsPerDay!: number;
  readonly jwtAlgorithm!: JwtAlgorithm;
  readonly jwtIssuer!: string;
  readonly jwtAudience!: string;
  readonly accessTokenTtlSeconds!: number;
  /** How long an unused refresh token lives. */
  readonly refreshTokenIdleTtlSeconds!: number;
  /** How long a session lives at most, however often it is refreshed. */
  readonly sessionTtlSeconds!: number;
  /** How long the token before the live one still answers with the live one. */
  readonly refreshReuseGraceSeconds!: number;
  readonly maxSessionsPerUser!: number;
  readonly authEventsRetentionDays!: number;
  /** Host names an avatar may be at, in lower case. */
  readonly avatarHosts!: readonly string[];
  /** Calls of one address in a minute; 0 for no limit. */
  readonly rateLimitLoginPerMinute!: number;
  /** Logins through one mini-program in a minute, where it has no limit of its own; 0 for no limit. */
  readonly rateLimitLoginPerAppPerMinute!: number;
  /** Calls of one session in a minute, or of one address without a valid token; 0 for no limit. */
  readonly rateLimitRefreshPerMinute!: number;
  /** Calls of one address in a minute; 0 for no limit. */
  readonly rateLimitVerifyPerMinute!: number;
  /** What the operator should know about the environment, one sentence each. Holds no value of a secret. */
  readonly warnings!: readonly string[];
}
