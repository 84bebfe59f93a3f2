import type { FastifyInstance, FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Chain } from '../trace/chain.js';
import { deskPage, phonePage } from './pages.js';

/** What `npm run build` puts beside this server: the whole page, so the names are known. */
const FOLDER = new URL('../../phone/', import.meta.url);
const FILES: Readonly<Record<string, string>> = {
  'desk.js': 'text/javascript',
  'desk.js.map': 'application/json',
  'desk-style.css': 'text/css',
  'desk-style.css.map': 'application/json',
  'phone.js': 'text/javascript',
  'phone.js.map': 'application/json',
  'phone-style.css': 'text/css',
  'phone-style.css.map': 'application/json',
};
const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="8" y="2" width="16" height="28" rx="4" fill="#087a45"/><path d="m12 16 3 3 6-6" fill="none" stroke="#fff" stroke-width="3"/></svg>';

/** Nothing is fetched from outside. Styles in attributes are those of a mini-program's templates. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * `GET /`: the desk with the phones. `GET /phone/`: one phone, as the desk shows it in a frame.
 * @param apiUrl where the service is
 */
export function pageRoutes(chain: Chain, apiUrl: URL) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    app.addHook('onSend', (_request, reply, _payload, sent) => {
      void reply.headers({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      });
      sent();
    });
    app.get('/', (request, reply) => {
      chain.open();
      return html(reply, deskPage(request.host, existsSync(new URL('desk.js', FOLDER))));
    });
    app.get('/phone/', (_request, reply) => html(reply, phonePage(apiUrl.origin)));
    app.get('/favicon.ico', (_request, reply) => reply.type('image/svg+xml').send(FAVICON));
    for (const [name, type] of Object.entries(FILES)) {
      app.get(`/phone/${name}`, async (_request, reply) =>
        reply.type(type).send(await readFile(new URL(name, FOLDER))),
      );
    }
    done();
  };
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html').send(page);
}
