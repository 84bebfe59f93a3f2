import { OAuthError } from './oauth-error.js';

/** The parameters of a request to `/oauth/*`: none is empty, none is given twice. */
export type Form = ReadonlyMap<string, string>;

/**
 * Reads the parameters of a parsed body. A parameter without a value is as one that is not given (RFC 6749 section 3.2).
 * @param body `URLSearchParams` of a form; anything else is refused
 * @param query of the URL, where parameters must not be
 * @throws {OAuthError} `invalid_request`
 */
export function formOf(body: unknown, query: unknown): Form {
  if (!(body instanceof URLSearchParams))
    throw new OAuthError('invalid_request', 'the body must be application/x-www-form-urlencoded');
  if (Object.keys(query as object).length > 0)
    throw new OAuthError('invalid_request', 'parameters belong into the body');
  const form = new Map<string, string>();
  for (const [name, value] of body) {
    if (form.has(name)) throw new OAuthError('invalid_request', 'a parameter is given twice');
    form.set(name, value);
  }
  return new Map([...form].filter(([, value]) => value !== ''));
}

/** @throws {OAuthError} `invalid_request` */
export function required(form: Form, name: 'grant_type' | 'token'): string {
  const value = form.get(name);
  if (value === undefined) throw new OAuthError('invalid_request', `the parameter ${name} is missing`);
  return value;
}
