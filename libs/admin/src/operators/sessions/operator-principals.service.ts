import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Problem } from '@app/problem';
import { WeixinAppsService } from '@app/weixin-api';
import type { ServicePrincipal } from '../../guard/service-principal.js';
import { actorOf } from '../operator-name.js';
import { scopesOf } from '../operator-role.js';
import { OperatorCookieService } from './operator-cookie.service.js';
import { type LiveOperatorSession, OperatorSessionsService } from './operator-sessions.service.js';
import { OriginsService } from './origins.service.js';

/** An operator who sends a request to the admin listener. */
export interface OperatorPrincipal extends ServicePrincipal {
  readonly session: LiveOperatorSession;
}

/** Finds out which operator sends a request. */
@Injectable()
export class OperatorPrincipalsService {
  constructor(
    private readonly cookie: OperatorCookieService,
    private readonly origins: OriginsService,
    private readonly sessions: OperatorSessionsService,
    private readonly apps: WeixinAppsService,
  ) {}

  /** Returns whether a request is one of an operator: it has the cookie. */
  isFromOperator(request: IncomingMessage): boolean {
    return this.cookie.isIn(request);
  }

  /**
   * Returns the operator of the cookie of a request, with the scopes of the role and all served mini-programs.
   * @throws {Problem} `origin_not_allowed` 403, `operator_session_missing` 401
   */
  async of(request: IncomingMessage): Promise<OperatorPrincipal> {
    this.origins.check(request);
    const token = this.cookie.tokenIn(request);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    if (!session) throw new Problem('operator_session_missing');
    const { name, role } = session.operator;
    return {
      clientId: actorOf(name),
      name,
      scopes: scopesOf(role),
      appids: this.apps.list().map(({ appid }) => appid),
      session,
    };
  }
}
