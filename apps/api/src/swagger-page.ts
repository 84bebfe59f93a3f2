// These two functions run in the browser: Swagger UI gets their source text, so they use nothing from outside themselves.

/** A request of Swagger UI before it is sent. */
interface PageRequest {
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** An answer that Swagger UI got; names of headers in lower case. */
interface PageResponse {
  headers: Record<string, string>;
  /** The parsed body. */
  obj?: unknown;
}

/** The `window` of the page. */
interface Page {
  ui?: { preauthorizeApiKey: (scheme: string, token: string) => void };
  tokens?: { access: string; refresh: string };
  /** Of the user's document. */
  etag?: string;
}

/** Remembers tokens and ETag of an answer, and authorizes the requests that follow. */
export function rememberAnswer<Response extends PageResponse>(response: Response): Response {
  const page = globalThis as Page;
  const { access, refresh } = (response.obj ?? {}) as { access?: string; refresh?: string };
  if (access && refresh) {
    page.tokens = { access, refresh };
    page.ui?.preauthorizeApiKey('bearer', access);
  }
  page.etag = response.headers['etag'] ?? page.etag ?? '';
  return response;
}

/** Puts what was remembered in place of the examples that the reader has not changed. */
export function fillExamples<Request extends PageRequest>(request: Request): Request {
  const { tokens, etag } = globalThis as Page;
  if (etag && request.headers['If-Match'] === '"0"') request.headers['If-Match'] = etag;
  if (!tokens) return request;
  const { access, refresh } = tokens;
  if (typeof request.body === 'string') {
    request.body = request.body
      .replace('eyJhbGciOiJFUzI1NiIs…', access)
      .replace('eyJhbGciOiJIUzI1NiIs…', refresh);
  }
  const claims = access.split('.')[1] ?? '';
  const { sid } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sid: string };
  request.url = request.url.replace('019a0000-0000-7000-8000-000000000000', sid);
  return request;
}
