const DEFAULT_API_URL = 'http://127.0.0.1:8000';

/**
 * Reads API_URL: where the service is that the phone's requests go to.
 * @param text an http(s) origin; unset or empty: where `npm start` runs the service
 * @throws {Error} anything else, with a message for the one who set it
 */
export function readApiUrl(text: string | undefined): URL {
  const url = URL.canParse(text || DEFAULT_API_URL) ? new URL(text || DEFAULT_API_URL) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url;
  throw new Error(`API_URL must be like http://127.0.0.1:8000, not ${JSON.stringify(text)}`);
}
