/** The HTTP answer of any server. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The members of a JSON object; empty for any other body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The reason for a missing answer: `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, `TIMEOUT`… */
export interface NoAnswer {
  readonly failure: string;
}

const MAX_BYTES = 64 * 1024;

/** Sends one request. Follows no redirect and does not retry. */
export async function sendRequest(
  url: string,
  { timeoutMs, json }: { timeoutMs: number; json?: object },
): Promise<Answer | NoAnswer> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(json && {
        method: 'POST',
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return { status: response.status, headers: response.headers, body: membersOf(await start(response)) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** Returns whether the server was reached, and TLS failed. */
export const isTlsFailure = (failure: string) =>
  /CERT|TLS|SSL|SELF_SIGNED|VERIFY|ALTNAME|EPROTO/.test(failure);

async function start({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function membersOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Returns the code of the cause of "fetch failed". Its message may hold the URL, its code does not. */
function failureOf(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') return 'TIMEOUT';
  const { code, errors } = (cause ?? {}) as { code?: string; errors?: { code?: string }[] };
  return code ?? errors?.[0]?.code ?? 'no answer';
}
