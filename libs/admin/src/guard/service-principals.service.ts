import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { bearerToken } from '@app/auth';
import { Problem } from '@app/problem';
import { ServiceTokensService } from '../oauth/service-tokens.service.js';
import { type LiveAccount, LiveAccountsService } from '../service-accounts/live-accounts.service.js';

/** Finds out which service account sends a request. */
@Injectable()
export class ServicePrincipalsService {
  constructor(
    private readonly tokens: ServiceTokensService,
    private readonly accounts: LiveAccountsService,
  ) {}

  /**
   * Returns the live account of the service token of a request, with the scopes that both have.
   * @throws {Problem} `token_*` 401; `database_unavailable` 503
   */
  async of(request: IncomingMessage): Promise<LiveAccount> {
    const { client_id, scope } = this.tokens.verify(bearerToken(request));
    const account = await this.accounts.find(client_id);
    if (!account) throw new Problem('token_revoked');
    const requested = scope.split(' ');
    return { ...account, scopes: account.scopes.filter((name) => requested.includes(name)) };
  }
}
