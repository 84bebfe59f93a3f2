/** How the application asks the service whether a token is still valid. Needs a service account. */
export interface IntrospectionOptions {
  /** `/oauth/introspect` at the `ADMIN_URL` of the service. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether each guarded route asks; if not, those with `@Introspect()`. Default: false. */
  readonly everyRoute?: boolean;
  /** How long an answer counts. Default: 5. With 0 each request asks. */
  readonly cacheSeconds?: number;
}

export interface PassportOptions {
  /** `JWT_ISSUER` of the service, character by character. */
  readonly issuer: string;
  /** `JWT_AUDIENCE` of the service. */
  readonly audience: string;
  /** The address of the public keys, if it is not `/.well-known/jwks.json` at the issuer. */
  readonly jwksUri?: string;
  readonly introspection?: IntrospectionOptions;
  /** The deadline of each call to the service. Default: 5000. */
  readonly timeoutMs?: number;
}

/** Options with every default, which {@link checkedOptions} has checked. */
export interface CheckedOptions extends Required<Omit<PassportOptions, 'introspection'>> {
  readonly introspection: Required<IntrospectionOptions> | undefined;
}

/** The token of the {@link CheckedOptions}. */
export const PASSPORT_OPTIONS = 'weapp-passport:options';

/**
 * Returns the options with the defaults.
 * @throws {Error} which names the option that is missing or wrong: without an issuer or an audience jose would not check them
 */
export function checkedOptions(options: PassportOptions): CheckedOptions {
  const issuer = text('issuer', options.issuer);
  const { introspection } = options;
  return {
    issuer: address('issuer', issuer),
    audience: text('audience', options.audience),
    jwksUri: address('jwksUri', options.jwksUri ?? `${issuer}/.well-known/jwks.json`),
    timeoutMs: amount('timeoutMs', options.timeoutMs ?? 5000, 1),
    introspection: introspection && {
      url: address('introspection.url', introspection.url),
      clientId: text('introspection.clientId', introspection.clientId),
      clientSecret: text('introspection.clientSecret', introspection.clientSecret),
      everyRoute: introspection.everyRoute ?? false,
      cacheSeconds: amount('introspection.cacheSeconds', introspection.cacheSeconds ?? 5, 0),
    },
  };
}

/** Values may come from the environment, so their types are not certain. */
function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error(`PassportModule needs the option ${name}`);
  return value;
}

function address(name: string, value: unknown): string {
  const url = text(name, value);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new Error(`PassportModule: ${name} must be an address with http:// or https://`);
  return url;
}

function amount(name: string, value: unknown, least: number): number {
  if (!Number.isSafeInteger(value) || Number(value) < least)
    throw new Error(`PassportModule: ${name} must be a whole number from ${least}`);
  return Number(value);
}
