/** The request of {@link call}: a JSON value, or a body and headers as they are. */
export interface CallOptions {
  method?: string;
  token?: string | undefined;
  json?: unknown;
  body?: string | undefined;
  headers?: Record<string, string>;
}

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  text: string;
  /** The JSON of the body, or an empty object. */
  body: Body;
}

/** Sends one request and returns the answer. Does not follow a redirect. */
export async function call<Body = Record<string, unknown>>(
  url: string,
  { method, token, json, body, headers }: CallOptions = {},
): Promise<Answer<Body>> {
  const payload = json === undefined ? body : JSON.stringify(json);
  const response = await fetch(url, {
    method: method ?? (payload === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload !== undefined && { body: payload }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) as Body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
