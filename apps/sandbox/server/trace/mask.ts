const SHOWN_CHARACTERS = 4;
/** Members of which not one character is shown. */
const SECRET_MEMBER = /^(?:secret|session_?key|encryptedData|iv|signature)$/i;
/** Members that are always truncated. */
const CUT_MEMBER = /^(?:access_?token|access|refresh|token|openid|unionid|js_code)$/i;
const PHONE_NUMBER = /^\+?\d{9,15}$/;
/** JSON Web Tokens in a text; the end of the signature is shown too, since all of them begin alike. */
const JWT = /\b(eyJ\w)[\w-]+\.[\w-]+\.[\w-]{39,}([\w-]{4})(?![\w-])/g;
/** Codes, keys and ids: long, without a space, and no word of ours, which are in small letters. */
const LOOKS_RANDOM = /^(?=.*[\dA-Z])[\w+/=.-]{20,}$/;
const MAX_TEXT = 200;
/** The search for tokens takes quadratic time. */
const MAX_SEARCHED = 8000;
const MAX_ITEMS = 20;
/** Bounds the recursion: a hostile body may be nested deeper than the stack. */
const MAX_DEPTH = 8;

/**
 * Masks a JSON value for the diagram of the three parties, so that it contains no usable secret. Secrets are hidden by
 * the name of their member; values that look like a code, a token or an id are recognised by their form.
 */
export function masked(value: unknown, member = '', depth = 0): unknown {
  if (typeof value === 'string') return maskedText(value, member);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((each) => masked(each, member, depth + 1));
  const entries = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(entries.map(([name, each]) => [name, masked(each, name, depth + 1)]));
}

function maskedText(given: string, member: string): string {
  if (SECRET_MEMBER.test(member)) return '•••';
  const searched = given.slice(0, MAX_SEARCHED);
  const text = searched.replace(JWT, '$1…$2');
  if (text !== searched) return cutLong(text);
  if (PHONE_NUMBER.test(text)) return `${text.slice(0, 3)}****${text.slice(-4)}`;
  if (LOOKS_RANDOM.test(text) || CUT_MEMBER.test(member)) return `${text.slice(0, SHOWN_CHARACTERS)}…`;
  return cutLong(text);
}

const cutLong = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
