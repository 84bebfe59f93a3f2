import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule, DEFAULT_RULE } from './access-rule.decorator.js';
import { AccessTokenVerifier } from './access-token-verifier.js';
import { bearerToken, type HttpRequest } from './bearer-token.js';
import type { Authenticated } from './current-user.decorator.js';
import { AccessTokenRefused, PassportUnavailable } from './errors.js';
import { IntrospectionService } from './introspection.service.js';

/**
 * Admits requests with a valid access token. Bind it as `APP_GUARD`, or by `@UseGuards()` to a controller or a route.
 * Of other transports than HTTP it admits public handlers only.
 */
@Injectable()
export class AccessTokenGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(AccessTokenVerifier) private readonly verifier: AccessTokenVerifier,
    @Inject(IntrospectionService) private readonly introspection: IntrospectionService,
  ) {}

  /**
   * @throws {AccessTokenRefused} 401 with `WWW-Authenticate`
   * @throws {PassportUnavailable} 503 with `Retry-After`
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets);
    if (rule?.token === 'none') return true;
    if (context.getType() !== 'http') throw new AccessTokenRefused('token_missing');
    const http = context.switchToHttp();
    try {
      await this.authenticate(http.getRequest(), rule ?? DEFAULT_RULE);
    } catch (error) {
      this.addHeader(http.getResponse(), error);
      throw error;
    }
    return true;
  }

  private async authenticate(request: HttpRequest & Authenticated, rule: AccessRule): Promise<void> {
    const token = bearerToken(request);
    if (token === undefined) {
      if (rule.token === 'optional') return;
      throw new AccessTokenRefused('token_missing');
    }
    const claims = await this.verifier.verify(token);
    if (rule.introspect || this.introspection.asksForEveryRoute)
      await this.introspection.assertActive(token, claims);
    request.user = { userId: claims.sub, sessionId: claims.sid, appid: claims.client_id };
    request.claims = claims;
  }

  private addHeader(response: object, error: unknown): void {
    const { httpAdapter } = this.host;
    if (error instanceof AccessTokenRefused)
      httpAdapter.setHeader(response, 'WWW-Authenticate', error.challenge);
    if (error instanceof PassportUnavailable) httpAdapter.setHeader(response, 'Retry-After', '5');
  }
}
