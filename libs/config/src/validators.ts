import { EnvError, makeExactValidator } from 'envalid';
import type { WeixinApp } from './weixin-app.js';
import { MIN_SECRET_BYTES, SECRET_COMMAND } from './secret-key.js';

// A message says what is expected and never repeats the value, which may be a secret.

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

/** Any text but white space at its ends. */
export const text = makeExactValidator<string>((input) => {
  if (input !== input.trim()) throw new EnvError('must not begin or end with white space');
  return input;
});

/** An address `http(s)://host[:port][/path]`, given back without a slash at its end. */
export const baseUrl = makeExactValidator<string>((input) => {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    throw new EnvError('must be http://… or https://… without user, query and fragment');
  }
  return input.replace(/\/+$/, '');
});

/** Where the data is kept: a `sqlite:` path, or the address of a PostgreSQL or MySQL database. */
export const databaseUrl = makeExactValidator<string>((input) => {
  if (/^sqlite:(?!\/\/).+$/s.test(input) || isServerUrl(input)) return input;
  throw new EnvError(
    'must be sqlite:relative/path, sqlite:/absolute/path, sqlite::memory:, postgres://user:password@host:port/database ' +
      'or mysql://user:password@host:port/database, with special characters of the password percent-encoded',
  );
});

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

/** Secrets divided by commas. */
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

/** Host names divided by commas, given back in lower case. */
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
