import type { WeixinApp } from './weixin-app.js';
import { ConfigError } from './config-error.js';

/** What a member of an app must be, in words; no message repeats its value. */
const MEMBERS: Readonly<Record<string, { isGood: (value: unknown) => boolean; must: string }>> = {
  appid: { isGood: textLike(/^\w{1,64}$/), must: 'be 1 to 64 letters, digits and underscores' },
  secret: {
    isGood: textLike(/^[\x21-\x7e]{1,128}$/),
    must: 'be 1 to 128 printable ASCII characters without spaces',
  },
  name: {
    isGood: textLike(/^(?!\s*$)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u),
    must: 'be 1 to 64 characters, not only spaces',
  },
  login_per_minute: {
    isGood: (value) => value === undefined || isCount(value),
    must: 'be a whole number from 0 to 1000000, or absent',
  },
};

/**
 * Reads the text of `WEIXIN_APPS_FILE`: `[{"appid", "secret", "name", "login_per_minute"?}]`.
 * @throws {ConfigError} naming every member that is wrong, never its value
 */
export function parseAppsFile(text: string): readonly WeixinApp[] {
  const entries = parseJson(text);
  if (!Array.isArray(entries)) throw new ConfigError(['WEIXIN_APPS_FILE must be a JSON array']);
  const problems = entries.flatMap((entry: unknown, index) =>
    faultsOf(entry).map((fault) => `WEIXIN_APPS_FILE [${index}]${fault}`),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return (entries as Required<RawApp>[]).map(({ appid, secret, name, login_per_minute: loginPerMinute }) => ({
    appid,
    secret,
    name,
    ...(loginPerMinute !== undefined && { loginPerMinute }),
  }));
}

interface RawApp {
  appid: string;
  secret: string;
  name: string;
  login_per_minute: number | undefined;
}

function parseJson(text: string): unknown {
  try {
    // Some editors of Windows begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own message quotes the text, secrets included.
    throw new ConfigError(['WEIXIN_APPS_FILE is no valid JSON']);
  }
}

function faultsOf(entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [' must be an object'];
  const values = entry as Record<string, unknown>;
  const wrong = Object.entries(MEMBERS)
    .filter(([name, { isGood }]) => !isGood(values[name]))
    .map(([name, { must }]) => `.${name} must ${must}`);
  // A name with digits may be a secret in the wrong place.
  const unknown = Object.keys(values)
    .filter((name) => !Object.hasOwn(MEMBERS, name))
    .map((name) =>
      /^[a-z_]{1,32}$/i.test(name) ? `.${name} is not known` : ' has a member that is not known',
    );
  return [...wrong, ...unknown];
}

function textLike(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1_000_000;
}
