import type { Variables } from './variables/variables.js';

/** The variables whose default follows from others. `WEIXIN_APPS` is empty only if `WEIXIN_APPS_FILE` is set. */
type Derived =
  | 'DOCS'
  | 'JWT_ISSUER'
  | 'LOG_FORMAT'
  | 'SECRET_KEY'
  | 'SHUTDOWN_DELAY_SECONDS'
  | 'WEIXIN_API_BASE_URL'
  | 'WEIXIN_APPS';

/** The parsed variables with all their defaults. */
export type Settings = Readonly<
  Omit<Variables, Derived> & { [Name in Derived]: NonNullable<Variables[Name]> }
>;

/** An empty class that is typed as {@link Settings}, which are derived from the schema. */
const SettingsBase = Object as unknown as new () => Settings;

/**
 * The settings of one process, read from the environment once at start and never changed. Each variable is a member by its
 * own name, parsed; `docs/config.md` has its meaning and its unit.
 */
export class Config extends SettingsBase {
  readonly isProduction!: boolean;
  /** The base URL of the sandbox if its apps are served; never in production. */
  readonly sandboxUrl!: string | undefined;
  /** Warnings about the environment for the operator, one sentence each. They contain no secret. */
  readonly warnings!: readonly string[];
}

/** Signature algorithm of access tokens (RFC 7518 section 3.1). */
export type JwtAlgorithm = Settings['JWT_ALGORITHM'];
