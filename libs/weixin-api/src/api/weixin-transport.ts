import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Axios, type AxiosAdapter, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { type Limits, NotConnectedError, sendOnce } from './send-once.js';

/** This service closes idle connections before WeChat does, so that no code is sent on a closing connection. */
const AGENT_OPTIONS = { keepAlive: true, timeout: 15_000 };
/** The share of the deadline for connecting to the first address. The rest is left for the second address. */
const CONNECT_SHARE = 0.4;
/** How long the fallback is tried first after the main address could not be reached. */
const FALLBACK_FIRST_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Returns an axios transport to WeChat, based on Node's own client. `timeout` is a total deadline, from connecting to the
 * last byte. `maxContentLength` aborts a longer answer. It does not follow redirects, reads no proxy variable, and treats a
 * truncated body as an error.
 *
 * If no connection can be established, it sends the call to the fallback once, within the same deadline. It never repeats a
 * call otherwise. A hot path: axios's own transport takes two to three times the CPU of this one for each call.
 * @param baseUrl the base of `url`, which is a path
 * @param fallbackUrl the second address; default: the first one again
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
 * Returns the HTTP client of WeChat's API. It uses `new Axios`, because `axios.create` copies all default headers at each
 * call, which takes about as much CPU as the transport.
 */
export function weixinHttpService(baseUrl: string, fallbackUrl?: string): HttpService {
  const client = new Axios({
    adapter: weixinTransport(baseUrl, fallbackUrl),
    maxContentLength: MAX_ANSWER_BYTES,
    headers: {},
  });
  // HttpService uses the methods of Axios only. Its type also requires that an instance can be called.
  return new HttpService(client as AxiosInstance);
}
