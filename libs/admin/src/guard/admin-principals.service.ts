import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { OperatorPrincipalsService } from '../operators/sessions/operator-principals.service.js';
import type { ServicePrincipal } from './service-principal.js';
import { ServicePrincipalsService } from './service-principals.service.js';

/** Finds out which service account or operator sends a request to the admin API. */
@Injectable()
export class AdminPrincipalsService {
  constructor(
    private readonly accounts: ServicePrincipalsService,
    private readonly operators: OperatorPrincipalsService,
  ) {}

  /**
   * Returns the caller. With an `Authorization` header it is a service account, and a cookie is not read.
   * @throws {Problem} `token_*` 401; `operator_session_missing` 401, `origin_not_allowed` 403; `database_unavailable` 503
   */
  of(request: IncomingMessage): Promise<ServicePrincipal> {
    const isAccount = request.headers.authorization !== undefined || !this.operators.isFromOperator(request);
    return isAccount ? this.accounts.of(request) : this.operators.of(request);
  }
}
