import { type Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

/** The call was given up at its `timeout`. */
export class DeadlineError extends Error {}

/**
 * No connection was made: no address of that name, refused, unreachable, not in time, or no TLS. Not a byte of the call
 * has left, which makes this the only failure after which it may be sent again.
 */
export class NotConnectedError extends Error {}

/** Kept connections. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** In milliseconds from the beginning; the first covers connecting and reading. */
export interface Limits {
  readonly totalMs: number;
  readonly connectMs: number;
}

/**
 * One HTTP call, which nothing here repeats.
 * @param config `method`, `data` (text, for a POST) and `maxContentLength` count
 * @throws {NotConnectedError | DeadlineError}
 */
export function sendOnce(
  url: URL,
  config: InternalAxiosRequestConfig,
  agents: Agents,
  { totalMs, connectMs }: Limits,
): Promise<AxiosResponse<string>> {
  return new Promise((resolve, reject) => {
    const [request, agent, connectEvent] =
      url.protocol === 'https:'
        ? ([httpsRequest, agents.https, 'secureConnect'] as const)
        : ([httpRequest, agents.http, 'connect'] as const);
    const body = config.data as string | undefined;
    const call = request(url, { method: config.method?.toUpperCase(), agent, headers: headersOf(body) });
    let connected = false;
    let answered = false;
    const deadline = setTimeout(() => call.destroy(new DeadlineError()), totalMs);
    let connectDeadline: NodeJS.Timeout | undefined;
    call
      .on('socket', (socket) => {
        connected = call.reusedSocket;
        if (connected) return;
        if (connectMs < totalMs)
          connectDeadline = setTimeout(() => call.destroy(new NotConnectedError('ETIMEDOUT')), connectMs);
        socket.once(connectEvent, () => {
          connected = true;
          clearTimeout(connectDeadline);
        });
      })
      .on('response', (response) => {
        answered = true;
        readText(response, config.maxContentLength ?? 0).then(
          (data) => {
            resolve(answerOf(response, data, config));
          },
          (error: unknown) => {
            call.destroy();
            reject(error instanceof Error ? error : new Error('no answer'));
          },
        );
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        const known = connected || error instanceof DeadlineError || error instanceof NotConnectedError;
        reject(known ? error : new NotConnectedError(error.code));
      })
      .on('close', () => {
        clearTimeout(deadline);
        clearTimeout(connectDeadline);
        // After a change of protocol there is neither an answer nor an error.
        if (!answered) reject(new Error('closed without an answer'));
      })
      .end(body);
  });
}

/** WeChat answers 412 to a chunked body, which is what Node sends when it is not told the length. */
function headersOf(body: string | undefined): Record<string, string | number> {
  if (body === undefined) return {};
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) reject(new Error('the answer is too large'));
        else chunks.push(chunk);
      })
      .on('end', () => {
        resolve(Buffer.concat(chunks).toString('utf8'));
      })
      // Also when the connection ends before the answer does.
      .on('error', reject);
  });
}

function answerOf(
  { statusCode = 0, statusMessage = '' }: IncomingMessage,
  data: string,
  config: InternalAxiosRequestConfig,
): AxiosResponse<string> {
  return { data, status: statusCode, statusText: statusMessage, headers: new AxiosHeaders(), config };
}
