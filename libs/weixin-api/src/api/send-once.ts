import { type Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

/** Reports that a call was aborted at its `timeout`. */
export class DeadlineError extends Error {}

/**
 * Reports that no connection was established: unknown name, refused, unreachable, timed out, or TLS failed. No byte of the call
 * was sent, so this is the only failure after which the call may be sent again.
 */
export class NotConnectedError extends Error {}

/** The agents that hold the keep-alive connections. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Deadlines in milliseconds from the start of the call. `totalMs` includes connecting and reading. */
export interface Limits {
  readonly totalMs: number;
  readonly connectMs: number;
}

/**
 * Sends one HTTP call, without a retry.
 * @param config `method`, `data` (text, for a POST) and `maxContentLength` are used
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
        // After a protocol upgrade Node emits neither an answer nor an error.
        if (!answered) reject(new Error('closed without an answer'));
      })
      .end(body);
  });
}

/** Returns the headers with the length of the body. Without it Node sends a chunked body, which WeChat refuses with 412. */
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
      // Node also emits this error if the connection ends before the answer.
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
