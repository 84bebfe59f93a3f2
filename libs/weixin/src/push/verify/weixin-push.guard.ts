import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { WeixinPushKeys } from '@app/config';
import { Problem } from '@app/problem';
import { FailureLimitsService } from '@app/rate-limit';
import { WeixinAppsService } from '@app/weixin-api';
import { openPush, type PushContent, type PushQuery, verifyQuery } from './open-push.js';

/** A push that WeChat has signed. */
export interface VerifiedPush {
  readonly appid: string;
  /** As it was sent, without `?`. */
  readonly query: string;
  readonly contentType: string;
  /** As it was sent. */
  readonly body: Buffer;
  /** Undefined for a push in plain mode: its body may be anybody's, and changes nothing here. */
  readonly content: PushContent | undefined;
}

const VERIFIED = new WeakMap<FastifyRequest, VerifiedPush>();

/** Injects the push that {@link WeixinPushGuard} has verified. */
export const VerifiedWeixinPush = createParamDecorator((_: unknown, context: ExecutionContext) =>
  VERIFIED.get(context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * Lets only requests pass that WeChat has signed for the app in the path within the last five minutes. The query is verified
 * before the body is parsed, and an address with too many wrong signatures is refused before that.
 */
@Injectable()
export class WeixinPushGuard implements CanActivate {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly failures: FailureLimitsService,
  ) {}

  /**
   * @throws {Problem} `app_unknown`, `push_not_configured`, `push_signature_invalid`, `push_stale`, `validation_failed`,
   * `rate_limited`
   */
  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { appid } = request.params as { appid: string };
    const { push: keys } = this.apps.get(appid);
    if (!keys) throw new Problem('push_not_configured');
    const isSigned = await this.failures.within('verify', request, () =>
      Promise.resolve(verify(request, appid, keys)),
    );
    if (!isSigned) throw new Problem('push_signature_invalid');
    return true;
  }
}

/** Returns undefined for a wrong signature. @throws {Problem} `push_stale`, `validation_failed` */
function verify(request: FastifyRequest, appid: string, keys: WeixinPushKeys): true | undefined {
  try {
    if (request.method === 'POST') VERIFIED.set(request, opened(request, appid, keys));
    else verifyQuery(keys, request.query as PushQuery);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'push_signature_invalid') return undefined;
    throw error;
  }
}

function opened(request: FastifyRequest, appid: string, keys: WeixinPushKeys): VerifiedPush {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return {
    appid,
    query: /\?(.*)/s.exec(request.raw.url ?? '')?.[1] ?? '',
    contentType: request.headers['content-type'] ?? '',
    body,
    content: openPush(keys, appid, request.query as PushQuery, body),
  };
}
