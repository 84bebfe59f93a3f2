import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FailureLimitsService } from '@app/rate-limit';
import { LiveAccountsService } from '../service-accounts/live-accounts.service.js';
import { credentialsOf, invalidClient } from './client-credentials.js';
import { formOf } from './form.js';

/**
 * Authenticates the client of a request to `/oauth/*`. An address that has failed too often is refused before the database is
 * read: an attacker can name another `client_id` in each request. The body of an authenticated request becomes its `Form`.
 */
@Injectable()
export class ClientGuard implements CanActivate {
  constructor(
    private readonly accounts: LiveAccountsService,
    private readonly failures: FailureLimitsService,
  ) {}

  /**
   * @throws {OAuthError} `invalid_client`, `invalid_request`
   * @throws {Problem} `rate_limited`, `database_unavailable`
   */
  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const form = formOf(request.body, request.query);
    const { clientId, secret } = credentialsOf(request.headers.authorization, form);
    const account = await this.failures.within('service_token', request, () =>
      this.accounts.authenticate(clientId, secret),
    );
    if (!account) throw invalidClient();
    Object.assign(request.raw, { user: account });
    request.body = form;
    return true;
  }
}
