import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AxiosHeaders, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

/** Idle connections are closed before WeChat closes them, so that no code is sent into a dying one. */
const AGENT_OPTIONS = { keepAlive: true, timeout: 15_000 };

/** The call was given up at its `timeout`. */
export class DeadlineError extends Error {}

/**
 * How axios reaches WeChat: Node's own client with what these calls need and nothing else. The `timeout` is a total
 * deadline, from connecting to the last byte, and `maxContentLength` ends an answer as soon as it is passed. Redirects are
 * answers like any other, no proxy variable is read, and a body that is cut off is an error.
 * A hot path: axios's own transport takes two to three times the CPU of this one for each call.
 */
export function weixinTransport(): AxiosAdapter {
  const agents = { http: new HttpAgent(AGENT_OPTIONS), https: new HttpsAgent(AGENT_OPTIONS) };
  return (config) =>
    new Promise((resolve, reject) => {
      const url = new URL(config.url ?? '');
      const [request, agent] =
        url.protocol === 'https:' ? [httpsRequest, agents.https] : [httpRequest, agents.http];
      const call = request(url, { method: config.method?.toUpperCase(), agent });
      let answered = false;
      const deadline = setTimeout(() => call.destroy(new DeadlineError()), config.timeout);
      call
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
        .on('error', reject)
        .on('close', () => {
          clearTimeout(deadline);
          // After a change of protocol there is neither an answer nor an error.
          if (!answered) reject(new Error('closed without an answer'));
        })
        .end();
    });
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
