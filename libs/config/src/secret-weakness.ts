import { isPublished } from './published-secrets.js';

/** What a template puts around the place of a value, and what a shell or a template engine did not expand. */
const BRACKETS = /^(?:<.*>|\[.*\]|\{.*\}|\$\(.*\)|\$\{.*\}|`.*`|%.*%)$/s;

/** Words of placeholders. In a random secret six letters of base64 are one of them once in two million secrets. */
const LONG_WORDS =
  /change|replac|example|sample[-_ ]|placeholder|secret|password|insecure|default|random|string|character|openssl|your[-_ ]/i;
const SHORT_WORDS = /(?:^|[-_ .])(?:todo|fixme|test|demo|dummy|fake|insert|enter|your)(?:[-_ .]|$)/i;
const CHINESE_WORDS = /请|修改|更改|替换|填写|示例|密钥|密码|随机/;

/** What fingers type along. */
const TYPED = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const KNOWN_RUNS = TYPED.flatMap((run) => [run, [...run].reverse().join('')]).join(' ');
const SHORTEST_RUN = 3;

/** 32 random hexadecimal digits have about 30. */
const MIN_NOVELTY = 20;

/**
 * Says why a secret is not random, or nothing. It cannot measure randomness: it finds what people paste.
 * @returns the end of a sentence that begins with the name of the variable; never a part of the secret
 */
export function secretWeakness(secret: string): string | undefined {
  // A file that Docker reads keeps the quotes.
  const bare = secret.replace(/^(["'])(.*)\1$/s, '$2');
  if (isPublished(bare)) return 'is published in the documentation of a well-known project';
  return [bare, ...decoded(bare)].some(looksMadeUp)
    ? 'looks like a placeholder, not like randomness'
    : undefined;
}

const looksMadeUp = (text: string) =>
  BRACKETS.test(text) ||
  LONG_WORDS.test(text) ||
  SHORT_WORDS.test(text) ||
  CHINESE_WORDS.test(text) ||
  novelty(text) < MIN_NOVELTY;

/** A sentence in base64 or hexadecimal is still a sentence. */
function decoded(text: string): string[] {
  const bytes = [Buffer.from(text, 'base64')];
  if (/^[0-9a-f]+$/i.test(text)) bytes.push(Buffer.from(text, 'hex'));
  return bytes.map((each) => each.toString('latin1')).filter((each) => /^[\x20-\x7e]{16,}$/.test(each));
}

/** How many characters remain when each repetition and each run along the alphabet or the keyboard counts as one. */
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
