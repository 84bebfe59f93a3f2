import { ConfigError } from './config-error.js';
import { ENCODING_AES_KEY, PUSH_TOKEN, type WeixinApp } from './weixin-app.js';

/** The rule of each member of an app, and its text for messages. Messages never repeat the value. */
const MEMBERS: Readonly<Record<string, { isValid: (value: unknown) => boolean; must: string }>> = {
  appid: { isValid: textLike(/^\w{1,64}$/), must: 'be 1 to 64 letters, digits and underscores' },
  secret: {
    isValid: textLike(/^[\x21-\x7e]{1,128}$/),
    must: 'be 1 to 128 printable ASCII characters without spaces',
  },
  name: {
    isValid: textLike(/^(?!\s*$)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u),
    must: 'be 1 to 64 characters, not only spaces',
  },
  login_per_minute: {
    isValid: (value) => value === undefined || isCount(value),
    must: 'be a whole number from 0 to 1000000, or absent',
  },
  push_token: { isValid: absentOr(textLike(PUSH_TOKEN)), must: 'be 3 to 32 letters and digits, or absent' },
  push_encoding_aes_key: {
    isValid: absentOr(textLike(ENCODING_AES_KEY)),
    must: 'be 43 letters and digits, or absent',
  },
};

/**
 * Reads the text of `WEIXIN_APPS_FILE`: `[{"appid", "secret", "name", "login_per_minute"?, "push_token"?, "push_encoding_aes_key"?}]`.
 * @throws {ConfigError} naming every member that is wrong, never its value
 */
export function parseAppsFile(text: string): readonly WeixinApp[] {
  const entries = parseJson(text);
  if (!Array.isArray(entries)) throw new ConfigError(['WEIXIN_APPS_FILE must be a JSON array']);
  const problems = entries.flatMap((entry: unknown, index) =>
    faultsOf(entry).map((fault) => `WEIXIN_APPS_FILE [${index}]${fault}`),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return (entries as RawApp[]).map(
    ({ appid, secret, name, login_per_minute: loginPerMinute, push_token, push_encoding_aes_key }) => ({
      appid,
      secret,
      name,
      ...(loginPerMinute !== undefined && { loginPerMinute }),
      ...(push_token !== undefined &&
        push_encoding_aes_key !== undefined && {
          push: { token: push_token, encodingAesKey: push_encoding_aes_key },
        }),
    }),
  );
}

interface RawApp {
  appid: string;
  secret: string;
  name: string;
  login_per_minute?: number;
  push_token?: string;
  push_encoding_aes_key?: string;
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
    .filter(([name, { isValid }]) => !isValid(values[name]))
    .map(([name, { must }]) => `.${name} must ${must}`);
  // A name with digits may be a secret in the wrong place.
  const unknown = Object.keys(values)
    .filter((name) => !Object.hasOwn(MEMBERS, name))
    .map((name) =>
      /^[a-z_]{1,32}$/i.test(name) ? `.${name} is not known` : ' has a member that is not known',
    );
  const half = 'push_token' in values !== 'push_encoding_aes_key' in values;
  return [...wrong, ...unknown, ...(half ? [' needs both push_token and push_encoding_aes_key'] : [])];
}

function absentOr(isValid: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || isValid(value);
}

function textLike(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1_000_000;
}
