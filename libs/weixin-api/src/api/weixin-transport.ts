import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Axios, type AxiosAdapter, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { type Limits, NotConnectedError, sendOnce } from './send-once.js';

/** Idle connections are closed before WeChat closes them, so that no code is sent into a dying one. */
const AGENT_OPTIONS = { keepAlive: true, timeout: 15_000 };
/** Of the deadline, what connecting to the first address may take: most of it is left for the second. */
const CONNECT_SHARE = 0.4;
/** How long the fallback goes first after the other address could not be reached. */
const FALLBACK_FIRST_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * How axios reaches WeChat: Node's own client with what these calls need and nothing else. The `timeout` is a total
 * deadline, from connecting to the last byte, and `maxContentLength` ends an answer as soon as it is passed. Redirects are
 * answers like any other, no proxy variable is read, and a body that is cut off is an error.
 *
 * Where no connection could be made, the call goes to the fallback within the same deadline, once; in every other case it
 * is never sent again. A hot path: axios's own transport takes two to three times the CPU of this one for each call.
 * @param baseUrl where `url`, a path, is meant to be
 * @param fallbackUrl the second address; default: the first once more
 */
export function weixinTransport(baseUrl: string, fallbackUrl = baseUrl): AxiosAdapter {
  const agents = { http: new HttpAgent(AGENT_OPTIONS), https: new HttpsAgent(AGENT_OPTIONS) };
  let fallbackFirstUntil = 0;
  const send = (address: string, config: InternalAxiosRequestConfig, limits: Limits) =>
    sendOnce(new URL(address + (config.url ?? '')), config, agents, limits);

  return async (config) => {
    const startedAt = performance.now();
    const totalMs = config.timeout ?? 0;
    const fallbackFirst = startedAt < fallbackFirstUntil;
    const [first, second] = fallbackFirst ? [fallbackUrl, baseUrl] : [baseUrl, fallbackUrl];
    try {
      return await send(first, config, { totalMs, connectMs: totalMs * CONNECT_SHARE });
    } catch (error) {
      if (!(error instanceof NotConnectedError)) throw error;
    }
    const leftMs = totalMs - (performance.now() - startedAt);
    const answer = await send(second, config, { totalMs: leftMs, connectMs: leftMs });
    fallbackFirstUntil = fallbackFirst ? 0 : performance.now() + FALLBACK_FIRST_MS;
    return answer;
  };
}

/**
 * Returns the client of WeChat's API. `axios.create` would give it all defaults of the library, which axios copies at each
 * call, header by header: about as much CPU as the transport takes. `new Axios` has these options and no others.
 */
export function weixinHttpService(baseUrl: string, fallbackUrl?: string): HttpService {
  const client = new Axios({
    adapter: weixinTransport(baseUrl, fallbackUrl),
    maxContentLength: MAX_ANSWER_BYTES,
    headers: {},
  });
  // HttpService uses the methods of Axios only; the type adds that an instance can be called.
  return new HttpService(client as AxiosInstance);
}
