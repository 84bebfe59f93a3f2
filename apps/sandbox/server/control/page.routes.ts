import type { FastifyInstance, FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { OwnPhone } from '../own-phone.js';
import type { Clock } from '../state/clock.js';
import type { Chain } from '../trace/chain.js';
import { languageOf } from './language.js';
import { faultPage, workbenchPage, phonePage } from './html-pages.js';

/** What `npm run build` puts beside this server: the whole page, so the names are known. */
const FOLDER = new URL('../../phone/', import.meta.url);
const FILES: Readonly<Record<string, string>> = {
  'workbench.js': 'text/javascript',
  'workbench.js.map': 'application/json',
  'workbench-style.css': 'text/css',
  'workbench-style.css.map': 'application/json',
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
 * `GET /`: the workbench with the phones. `GET /phone/`: one phone, as the workbench shows it in a frame.
 * @param apiUrl where the service is
 * @param ownPhone is compiled again each time a phone is opened, and shows what is wrong with its mini-program
 */
export function pageRoutes(chain: Chain, clock: Clock, apiUrl: URL, ownPhone?: OwnPhone) {
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
      const isBuilt = existsSync(new URL('workbench.js', FOLDER));
      return html(reply, workbenchPage(request.host, isBuilt, languageOf(request.headers), clock.aheadMs));
    });
    let compiled: Readonly<Record<string, string>> = {};
    app.get('/phone/', async (_request, reply) => {
      try {
        if (ownPhone) compiled = await ownPhone.compile();
        return await html(reply, phonePage(apiUrl.origin, clock.aheadMs));
      } catch (error) {
        return html(reply, faultPage(error instanceof Error ? error.message : String(error)));
      }
    });
    app.get('/favicon.ico', (_request, reply) => reply.type('image/svg+xml').send(FAVICON));
    for (const [name, type] of Object.entries(FILES)) {
      app.get(`/phone/${name}`, async (_request, reply) =>
        reply.type(type).send(compiled[name] ?? (await readFile(new URL(name, FOLDER)))),
      );
    }
    done();
  };
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html').send(page);
}
