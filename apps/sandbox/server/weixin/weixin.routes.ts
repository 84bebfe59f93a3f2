import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Errcode } from '../state/errcodes.js';
import type { SandboxState } from '../state/state.js';
import type { WeixinEndpoint } from './endpoint.js';
import { WEIXIN_ENDPOINTS } from './endpoints.js';
import { FAMILIES } from './families.js';
import { readPost } from './post-body.js';
import { refusal } from './refusal.js';

/** Serves WEIXIN_ENDPOINTS the way WeChat does: always status 200, unless a fault is set. */
export function weixinRoutes(state: SandboxState) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    // WeChat looks at no content type, so none is refused here.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    for (const endpoint of WEIXIN_ENDPOINTS) serve(app, state, endpoint);
    done();
  };
}

function serve(app: FastifyInstance, state: SandboxState, endpoint: WeixinEndpoint): void {
  const { path, family } = endpoint;
  app.all(path, (request, reply) => {
    state.calls.count(path);
    // WeChat wants a Content-Length, and says so in no other way.
    if ('transfer-encoding' in request.headers) {
      void reply.code(412).send();
      return;
    }
    void reply.header('content-type', FAMILIES[family].contentType);
    const refuse = (errcode: number | string, errmsg?: string) =>
      JSON.stringify(refusal(errcode, family, errmsg));
    const answer = () => {
      const given = answerTo(request, state, endpoint);
      return typeof given === 'number' ? refuse(given) : JSON.stringify(given);
    };
    const effect = state.faults.take(path);
    if (effect) effect({ reply, answer, refuse });
    else void reply.send(answer());
  });
}

function answerTo(request: FastifyRequest, state: SandboxState, endpoint: WeixinEndpoint): object | Errcode {
  if (request.method !== endpoint.method) return endpoint.method === 'GET' ? 43001 : 43002;
  const query = (name: string) => parameter(request, name);
  const appid = endpoint.needsAccessToken ? state.accessTokens.appidOf(query('access_token')) : '';
  if (typeof appid === 'number') return appid;
  const body = endpoint.method === 'POST' ? readPost(request.body) : {};
  if (typeof body === 'number') return body;
  return endpoint.answer(state, { query, body, appid, ip: request.ip });
}

function parameter(request: FastifyRequest, name: string): string {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
