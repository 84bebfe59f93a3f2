const DEFAULT_API_PORT = '8000';

/**
 * Reads API_URL: where the service is that the phone's requests go to.
 * @param text an http(s) origin; unset or empty: the service on this machine
 * @param port `PORT` of the service, for that default
 * @throws {Error} anything else, with a message for the one who set it
 */
export function readApiUrl(text?: string, port?: string): URL {
  const address = text || `http://127.0.0.1:${Number(port) || DEFAULT_API_PORT}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url;
  throw new Error(`API_URL must be like http://127.0.0.1:8000, not ${JSON.stringify(address)}`);
}
