import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Problem } from '@app/problem';

/** What `npm run build` has made, also if the service runs from its sources. */
const BUILD = /^file:.*\/dist\//.exec(import.meta.url)?.[0] ?? new URL('../../../../dist/', import.meta.url);
const FOLDER = new URL('console/', BUILD);

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const FILE_NAME = /^[\w-]+\.(js|css|svg)$/;

/** Everything comes from this listener, nothing is written in the page itself, and no other page may show it in a frame. */
const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** The name of a file changes with its content. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

const constraints = { listener: 'admin' };

/** Serves the operator's console on the admin listener: the page at `/`, its files below `/console/`. Without a build there is none. */
export function serveConsole(fastify: FastifyInstance): void {
  if (!existsSync(FOLDER)) return;
  fastify.get('/', { constraints }, async (_request, reply) =>
    reply
      .headers(SECURITY_HEADERS)
      .type('text/html; charset=utf-8')
      .send(await readFile(new URL('index.html', FOLDER))),
  );
  fastify.get<{ Params: { name: string } }>('/console/:name', { constraints }, async (request, reply) => {
    const { name } = request.params;
    if (!FILE_NAME.test(name)) throw new Problem('not_found');
    const file = new URL(name, FOLDER);
    if (!existsSync(file)) throw new Problem('not_found');
    return reply
      .headers({ ...SECURITY_HEADERS, 'Cache-Control': FOR_GOOD })
      .type(TYPES[extname(name)] ?? '')
      .send(await readFile(file));
  });
}
