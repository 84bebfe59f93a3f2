import { STATUS_CODES } from 'node:http';

const MAX_NAMES = 3;

/** A JSON object from a body that may be text, an object or nothing; an empty one where it is no JSON object. */
export function parsed(body: unknown): Record<string, unknown> {
  try {
    const value: unknown = typeof body === 'string' ? JSON.parse(body) : body;
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** An answer in a few words: what went wrong, or the names of what came. */
export function labelOf(status: number, body: Record<string, unknown>): string {
  const { errcode, errmsg, code } = body;
  const words = typeof code === 'string' ? wordsOf(code) : (STATUS_CODES[status] ?? '');
  if (typeof errcode === 'number' && errcode !== 0)
    return `${errcode} ${String(errmsg).replace(/[, ]+rid:.*/, '')}`;
  if (status >= 400) return words;
  const names = Object.keys(body).filter(
    (name) => !/^(?:code|token_type|errcode|errmsg|\w*expires_in)$/.test(name),
  );
  return names.length === 0 ? words : names.slice(0, MAX_NAMES).join(' · ');
}

/** `code` is what WeChat hands out, and also the member by which the service says how it went. */
function wordsOf(code: string): string {
  return /^\w{32,}$/.test(code) ? 'code' : code;
}
