// These functions run in the browser. Swagger UI gets their source text, so they must not use other code of this file.

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

/** Stores tokens and ETag of an answer, and authorizes the next requests with them. */
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

/** Replaces unchanged examples in a request by the stored tokens, session id and ETag. */
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

/** Adds a button that shows the introduction in the other language, now and on later visits. */
export function addLanguageSwitch(): void {
  interface PageElement {
    textContent: string;
    style: { cssText: string };
    onclick: () => void;
    append(child: PageElement): void;
  }
  const { document, location } = globalThis as unknown as {
    document: {
      cookie: string;
      querySelector(of: string): PageElement | null;
      createElement(tag: string): PageElement;
    };
    location: { reload(): void };
  };
  const timer = setInterval(() => {
    const description = document.querySelector('.info .description');
    if (!description) return;
    clearInterval(timer);
    const isChinese = description.textContent.includes('微信');
    const button = document.createElement('button');
    button.textContent = isChinese ? 'English' : '中文';
    button.style.cssText = 'position: absolute; top: 16px; right: 16px; padding: 4px 12px; cursor: pointer';
    button.onclick = () => {
      document.cookie = `language=${isChinese ? 'en' : 'zh'}; path=/; max-age=31536000; samesite=strict`;
      location.reload();
    };
    document.querySelector('body')?.append(button);
  }, 50);
}
