import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '@app/config';
import { Problem } from '@app/problem';
import type { Listeners } from './listeners.js';

/**
 * Checks and completes the requests of the admin listener. Its `Host` must be known: otherwise a web page could reach the
 * listener through the browser of an operator, by a name that it points at 127.0.0.1 (DNS rebinding). No other page may show an
 * answer in a frame: Swagger UI has buttons too, and `SameSite` does not separate two ports of one host.
 */
export function acceptAdminRequests(fastify: FastifyInstance, listeners: Listeners, config: Config): void {
  const hosts = allowedHosts(config);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (listeners.of(request.raw) === 'public') {
      done();
      return;
    }
    reply.header('X-Frame-Options', 'DENY');
    setAddress(request, listeners.trustedHops(request.raw));
    done(namesOnly(request.raw, hosts) ? undefined : new Problem('host_not_allowed'));
  });
}

function allowedHosts({ ADMIN_HOST, ADMIN_URL }: Config): ReadonlySet<string | undefined> {
  const own = hostOf(ADMIN_HOST.includes(':') ? `[${ADMIN_HOST}]` : ADMIN_HOST) ?? 'localhost';
  return new Set(['localhost', own, ...(ADMIN_URL === undefined ? [] : [new URL(ADMIN_URL).hostname])]);
}

/** Any port: a tunnel or a proxy may have another one. A hot path: it parses the host only if that is written in another way. */
function namesOnly({ headers, url = '' }: IncomingMessage, hosts: ReadonlySet<string | undefined>): boolean {
  const { host = '' } = headers;
  const isAbsolute = !url.startsWith('/');
  return (hosts.has(nameIn(host)) || hosts.has(hostOf(host))) && (!isAbsolute || hosts.has(hostOfUrl(url)));
}

/** Returns the host as it is written, without its port. */
const nameIn = (authority: string) => /^([\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.exec(authority)?.[1];

/** Returns the host without its port, in lower case. */
const hostOf = (authority: string) =>
  nameIn(authority) === undefined ? undefined : hostOfUrl(`http://${authority}`);

const hostOfUrl = (url: string) => (URL.canParse(url) ? new URL(url).hostname : undefined);

/** Fastify's own reads as many entries of `X-Forwarded-For` as the public listener has proxies. */
function setAddress(request: FastifyRequest, hops: number): void {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const addresses = [request.socket.remoteAddress, ...forwarded.reverse()];
  Object.defineProperty(request, 'ip', { value: addresses[Math.min(hops, addresses.length - 1)] });
}
