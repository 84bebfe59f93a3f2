import { isPublished } from './published-secrets.js';

/** Brackets of placeholders in templates, and expressions that a shell or a template engine did not expand. */
const BRACKETS = /^(?:<.*>|\[.*\]|\{.*\}|\$\(.*\)|\$\{.*\}|`.*`|%.*%)$/s;

/** Words of placeholders. About one of two million random base64 secrets contains one of the words with six letters. */
const LONG_WORDS =
  /change|replac|example|sample[-_ ]|placeholder|secret|password|insecure|default|random|string|character|openssl|your[-_ ]/i;
const SHORT_WORDS = /(?:^|[-_ .])(?:todo|fixme|test|demo|dummy|fake|insert|enter|your)(?:[-_ .]|$)/i;
const CHINESE_WORDS = /请|修改|更改|替换|填写|示例|密钥|密码|随机/;

/** Sequences of the alphabet and of keyboards. */
const SEQUENCES = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
];
const KNOWN_RUNS = SEQUENCES.flatMap((run) => [run, [...run].reverse().join('')]).join(' ');
const SHORTEST_RUN = 3;

/** The minimum of {@link novelty}. 32 random hexadecimal digits have about 30. */
const MIN_NOVELTY = 20;

/**
 * Returns why a secret is weak; undefined if no weakness was found. It detects published secrets and placeholders, but cannot
 * measure randomness.
 * @returns the end of a sentence that begins with the name of the variable; contains no part of the secret
 */
export function secretWeakness(secret: string): string | undefined {
  // Docker does not remove quotes from values in an env file.
  const bare = secret.replace(/^(["'])(.*)\1$/s, '$2');
  if (isPublished(bare)) return 'is published in the documentation of a well-known project';
  return [bare, ...decoded(bare)].some(looksLikePlaceholder)
    ? 'looks like a placeholder, not like randomness'
    : undefined;
}

const looksLikePlaceholder = (text: string) =>
  BRACKETS.test(text) ||
  LONG_WORDS.test(text) ||
  SHORT_WORDS.test(text) ||
  CHINESE_WORDS.test(text) ||
  novelty(text) < MIN_NOVELTY;

/** Returns the decoded texts of a secret in base64 or hexadecimal, which may be placeholders too. */
function decoded(text: string): string[] {
  const bytes = [Buffer.from(text, 'base64')];
  if (/^[0-9a-f]+$/i.test(text)) bytes.push(Buffer.from(text, 'hex'));
  return bytes.map((each) => each.toString('latin1')).filter((each) => /^[\x20-\x7e]{16,}$/.test(each));
}

/** Returns the number of characters, where each repetition and each sequence counts as one. */
function novelty(text: string): number {
  const lower = text.toLowerCase();
  let count = 0;
  for (let at = 0; at < lower.length; count += 1) at += Math.max(1, knownLength(lower, at));
  return count;
}

function knownLength(text: string, start: number): number {
  const isKnown = (end: number) => {
    const piece = text.slice(start, end);
    return KNOWN_RUNS.includes(piece) || text.indexOf(piece) < start;
  };
  let end = start + SHORTEST_RUN;
  if (end > text.length || !isKnown(end)) return 0;
  while (end < text.length && isKnown(end + 1)) end += 1;
  return end - start;
}
