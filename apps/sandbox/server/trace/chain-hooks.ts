import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WEIXIN_PATHS } from '../weixin/endpoints.js';
import type { Chain, NewMessage, Party } from './chain.js';
import { answerHead, requestHead } from './http-head.js';
import { labelOf, parsed } from './labels.js';
import { masked } from './mask.js';

/** What the phone asks of WeChat, by the route that stands for it. */
const OF_THE_PHONE: Readonly<Record<string, string>> = {
  '/sandbox/codes': 'wx.login()',
  '/sandbox/phone-codes': 'getPhoneNumber',
};

/** Draws every call to WeChat's side of the sandbox, and every code it gives to a phone. */
export function drawWeixin(app: FastifyInstance, chain: Chain): void {
  app.addHook('preHandler', (request, reply, done) => {
    const caller = callerOf(request, chain);
    if (caller) {
      chain.add({
        ...caller,
        to: 'wechat',
        outcome: 'sent',
        exchange: request.id,
        request: requestHead(request, `${request.protocol}://${request.host}`, request.url),
        ...bodyOf(request.body),
      });
      reply.raw.once('close', () => {
        if (!reply.raw.writableEnded) chain.add(unanswered(caller, request));
      });
    }
    done();
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const caller = callerOf(request, chain);
    if (caller) {
      const body = parsed(payload);
      const { code, errcode } = body;
      if (caller.from === 'mini-program' && typeof code === 'string') chain.rememberCode(code, caller.phone);
      const refused = reply.statusCode !== 200 || (errcode !== undefined && errcode !== 0);
      chain.add({
        phone: caller.phone,
        from: 'wechat',
        to: caller.from,
        label: labelOf(reply.statusCode, body),
        outcome: refused ? 'refused' : 'ok',
        exchange: request.id,
        answer: answerHead(reply, reply.statusCode, reply.getHeaders()),
        ...bodyOf(body),
      });
    }
    done();
  });
}

/** Who asks WeChat, and for what. */
interface Caller {
  phone: string;
  from: Party;
  label: string;
}

function unanswered({ phone, from }: Caller, { id }: FastifyRequest): NewMessage {
  return { phone, from: 'wechat', to: from, label: 'no answer', outcome: 'lost', exchange: id };
}

function callerOf(request: FastifyRequest, chain: Chain): Caller | undefined {
  if (!chain.isOpen) return undefined;
  const path = request.url.replace(/\?.*/s, '');
  const ofThePhone = OF_THE_PHONE[path];
  if (ofThePhone) return { phone: phoneOf(request), from: 'mini-program', label: ofThePhone };
  if (!WEIXIN_PATHS.includes(path)) return undefined;
  const { js_code, code } = askedIn(request);
  return { phone: chain.phoneOf(js_code ?? code), from: 'service', label: `${request.method} ${path}` };
}

/** Which phone sent a request, `''` if none did. */
export function phoneOf({ headers }: FastifyRequest): string {
  return String(headers['sandbox-phone'] ?? '').slice(0, 16);
}

/** The masked body of a message; nothing where it has none. */
export function bodyOf(body: unknown): { body?: unknown } {
  const members = parsed(body);
  return Object.keys(members).length > 0 ? { body: masked(members) } : {};
}

/** The parameters of the address and the members of the body, in one. */
function askedIn({ query, body }: FastifyRequest): Record<string, unknown> {
  return { ...(query as object), ...parsed(body) };
}
