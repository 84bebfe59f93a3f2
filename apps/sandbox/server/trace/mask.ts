const SHOWN_CHARACTERS = 4;
/** Members of which not one character is shown. */
const SECRET_MEMBER = /^(?:secret|session_?key|encryptedData|iv|signature)$/i;
/** Members that are always truncated. */
const CUT_MEMBER = /^(?:access_?token|access|refresh|token|openid|unionid|js_code)$/i;
const PHONE_NUMBER = /^\+?\d{9,15}$/;
/** Codes, tokens, keys and ids: long, without a space, and no word of ours, which are in small letters. */
const LOOKS_RANDOM = /^(?=.*[\dA-Z])[\w+/=.-]{20,}$/;
const MAX_TEXT = 200;
const MAX_ITEMS = 20;
/** Deeper than anybody reads, and than a recursion can follow a body that means harm. */
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

function maskedText(text: string, member: string): string {
  if (SECRET_MEMBER.test(member)) return '•••';
  if (PHONE_NUMBER.test(text)) return `${text.slice(0, 3)}****${text.slice(-4)}`;
  if (LOOKS_RANDOM.test(text) || CUT_MEMBER.test(member)) return `${text.slice(0, SHOWN_CHARACTERS)}…`;
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
