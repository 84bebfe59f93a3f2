import { EnvError, makeExactValidator } from 'envalid';
import { ENCODING_AES_KEY, PUSH_TOKEN, type WeixinApp, type WeixinPushKeys } from './weixin-app.js';
import { MIN_SECRET_BYTES, SECRET_COMMAND } from './secret-key.js';

// A message describes the expected value and never repeats the given one, which may be a secret.

/** A whole number within bounds, both included. */
export const integer = (min: number, max: number) =>
  makeExactValidator<number>((input) => {
    const value = Number(input);
    if (!/^\d+$/.test(input) || value < min || value > max) {
      throw new EnvError(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  });

/** `true` or `false`. */
export const flag = makeExactValidator<boolean>((input) => {
  if (input !== 'true' && input !== 'false') throw new EnvError('must be true or false');
  return input === 'true';
});

/** One word of a list. */
export const oneOf = <T extends string>(...words: T[]) =>
  makeExactValidator<T>((input) => {
    const word = words.find((candidate) => candidate === input);
    if (word === undefined) throw new EnvError(`must be one of ${words.join(', ')}`);
    return word;
  });

/** Any text; white space at its ends is removed. */
export const text = makeExactValidator<string>((input) => {
  if (input !== input.trim()) throw new EnvError('must not begin or end with white space');
  return input;
});

/** An address `http(s)://host[:port][/path]`; a slash at its end is removed. */
export const baseUrl = makeExactValidator<string>((input) => {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new EnvError('must be http://… or https://… without user, query and fragment');
  }
  return input.replace(/\/+$/, '');
});

/** The database: a `sqlite:` path, or the address of a PostgreSQL or MySQL database. */
export const databaseUrl = makeExactValidator<string>((input) => {
  if (isDatabaseUrl(input)) return input;
  throw new EnvError(
    'must be sqlite:relative/path, sqlite:/absolute/path, sqlite::memory:, postgres://user:password@host:port/database ' +
      'or mysql://user:password@host:port/database, with special characters of the password percent-encoded',
  );
});

/** Returns whether a text has the form of `DATABASE_URL`. */
export const isDatabaseUrl = (input: string): boolean =>
  /^sqlite:(?!\/\/).+$/s.test(input) || isServerUrl(input);

function isServerUrl(input: string): boolean {
  if (!/^(postgres|postgresql|mysql|mariadb):\/\//.test(input) || !URL.canParse(input)) return false;
  const { username, password, pathname, hash } = new URL(input);
  return isDecodable(username + password) && /^\/[^/]+$/.test(pathname) && hash === '';
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The address of a Redis: `redis://` or `rediss://`. */
export const redisUrl = makeExactValidator<string>((input) => {
  if (isRedisUrl(input)) return input;
  throw new EnvError(
    'must be redis://user:password@host:port/number or rediss://…, all but the host optional, with special characters of the ' +
      'password percent-encoded',
  );
});

function isRedisUrl(input: string): boolean {
  if (!/^rediss?:\/\//.test(input) || !URL.canParse(input)) return false;
  const { username, password, hostname, pathname, search, hash } = new URL(input);
  return (
    isDecodable(username + password) && hostname !== '' && /^(\/\d{0,4})?$/.test(pathname) && !search && !hash
  );
}

/** A secret to derive keys from. */
export const secret = makeExactValidator<string>(longEnough);

/** Secrets separated by commas. */
export const secrets = makeExactValidator<readonly string[]>((input) => wordsOf(input).map(longEnough));

function wordsOf(input: string): string[] {
  const words = input.split(',').map((word) => word.trim());
  if (words.includes('')) throw new EnvError('has an empty entry between two commas');
  return words;
}

function longEnough(input: string): string {
  if (Buffer.byteLength(input.trim()) < MIN_SECRET_BYTES) {
    throw new EnvError(`must have at least ${MIN_SECRET_BYTES} bytes: make one with ${SECRET_COMMAND}`);
  }
  return input.trim();
}

/** Host names separated by commas, converted to lower case. */
export const hostNames = makeExactValidator<readonly string[]>((input) => {
  const hosts = wordsOf(input.toLowerCase());
  if (!hosts.every((host) => /^[a-z0-9.-]+$/.test(host))) {
    throw new EnvError('must be host names without scheme, port and path');
  }
  return hosts;
});

/** `appid:secret[,appid:secret…]`, each appid once. */
export const weixinApps = makeExactValidator<readonly WeixinApp[]>((input) => {
  const apps = input.split(',').map((entry) => {
    const [, appid, secret] = /^(\w{1,64}):([\x21-\x7e]{1,128})$/.exec(entry.trim()) ?? [];
    if (!appid || !secret) throw new EnvError('must be appid:secret[,appid:secret…]');
    return { appid, secret };
  });
  if (new Set(apps.map((app) => app.appid)).size < apps.length) throw new EnvError('names one appid twice');
  return apps;
});

/** `appid:Token:EncodingAESKey[,…]`, each appid once, as a map by appid. */
export const weixinPushKeys = makeExactValidator<ReadonlyMap<string, WeixinPushKeys>>((input) => {
  const entries = wordsOf(input).map((entry) => {
    const [appid = '', token = '', encodingAesKey = '', ...rest] = entry.split(':');
    if (!/^\w{1,64}$/.test(appid) || !PUSH_TOKEN.test(token) || rest.length > 0)
      throw new EnvError('must be appid:Token:EncodingAESKey[,…], each Token 3 to 32 letters and digits');
    if (!ENCODING_AES_KEY.test(encodingAesKey))
      throw new EnvError('must have an EncodingAESKey of 43 letters and digits in each entry');
    return [appid, { token, encodingAesKey }] as const;
  });
  const keys = new Map(entries);
  if (keys.size < entries.length) throw new EnvError('names one appid twice');
  return keys;
});

/** A consent that a login needs. */
export interface RequiredConsent {
  /** What the person agrees to: `privacy`. */
  readonly kind: string;
  /** The version of its text. */
  readonly version: string;
}

/** The form of {@link RequiredConsent.kind}. */
export const CONSENT_KIND = /^[a-z][a-z0-9_-]{0,31}$/;
/** The form of {@link RequiredConsent.version}. */
export const CONSENT_VERSION = /^[\w.-]{1,31}$/;

/** `kind:version[,kind:version…]`, each kind once. */
export const consents = makeExactValidator<readonly RequiredConsent[]>((input) => {
  const required = wordsOf(input).map((entry) => {
    const [kind = '', version = '', ...rest] = entry.split(':');
    if (!CONSENT_KIND.test(kind) || !CONSENT_VERSION.test(version) || rest.length > 0)
      throw new EnvError('must be kind:version[,kind:version…], for example privacy:3');
    return { kind, version };
  });
  if (new Set(required.map(({ kind }) => kind)).size < required.length)
    throw new EnvError('names one kind twice');
  return required;
});
