import type { FastifyReply, FastifyRequest } from 'fastify';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Between the browser and the sandbox only: the service must see what a mini-program sends. */
const NOT_PASSED_ON =
  /^(?:host|connection|keep-alive|transfer-encoding|upgrade|te|trailer|origin|referer|cookie|accept-encoding|sec-.*|sandbox-.*|content-length)$/;
const NOT_PASSED_BACK = /^(?:connection|keep-alive|transfer-encoding|set-cookie|content-length)$/;

/** What the service answered. */
export interface ServiceAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** What a phone asks of the service. */
export interface Question {
  /** With its query, as the phone wrote it. */
  path: string;
  body: Buffer | undefined;
  request: FastifyRequest;
  /** When the phone gives up waiting for this, the service is left alone too. */
  reply: FastifyReply;
}

/**
 * Asks the service what a phone asks, and gives its answer with nothing added and no redirect followed.
 * @throws {Error} the service could not be reached, or broke off
 */
export function askService(apiUrl: URL, { path, body, request, reply }: Question): Promise<ServiceAnswer> {
  const { protocol, hostname, port } = apiUrl;
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      // An IPv6 address stands in brackets in a URL, and without them here.
      {
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path,
        method: request.method,
        headers: kept(request.headers, NOT_PASSED_ON),
      },
      (incoming) => {
        collect(incoming).then(resolve, reject);
      },
    );
    outgoing.on('error', reject);
    reply.raw.once('close', () => outgoing.destroy());
    if (body) outgoing.setHeader('content-length', body.length);
    outgoing.end(body);
  });
}

async function collect(incoming: IncomingMessage): Promise<ServiceAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { statusCode = 502, headers } = incoming;
  return { status: statusCode, headers: kept(headers, NOT_PASSED_BACK), body: Buffer.concat(chunks) };
}

function kept(headers: NodeJS.Dict<string | string[]>, without: RegExp): Record<string, string | string[]> {
  const names = Object.keys(headers).filter((name) => !without.test(name));
  return Object.fromEntries(names.map((name) => [name, headers[name] ?? '']));
}
