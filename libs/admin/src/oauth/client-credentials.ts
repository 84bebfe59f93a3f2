import type { Form } from './form.js';
import { OAuthError } from './oauth-error.js';

const INVALID = 'the client is unknown or its secret is wrong';
/** The same for every client that is refused. */
export const invalidClient = () => new OAuthError('invalid_client', INVALID);

/**
 * Reads the credentials of a client: `client_secret_basic` or `client_secret_post`, never both.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 * @throws {OAuthError} `invalid_client` without credentials, `invalid_request` with two kinds of them
 */
export function credentialsOf(
  authorization: string | undefined,
  form: Form,
): { clientId: string; secret: string } {
  const [clientId, secret] = [form.get('client_id'), form.get('client_secret')];
  if (authorization === undefined) {
    if (clientId === undefined || secret === undefined) throw invalidClient();
    return { clientId, secret };
  }
  const basic = basicCredentials(authorization);
  if (secret !== undefined || (clientId !== undefined && clientId !== basic.clientId))
    throw new OAuthError('invalid_request', 'the client authenticates in two ways');
  return basic;
}

function basicCredentials(authorization: string): { clientId: string; secret: string } {
  const [, encoded] = /^basic +([\w+/]+=*)$/i.exec(authorization) ?? [];
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (user === undefined || password === undefined) throw invalidClient();
  return { clientId: formDecoded(user), secret: formDecoded(password) };
}

/** Both halves are form-encoded before base64. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient();
  }
}
