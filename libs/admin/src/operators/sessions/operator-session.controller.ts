import { Body, Controller, Delete, Get, HttpCode, Post, Put, Res, UseGuards } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AuthEventsService, Client, type ClientInfo } from '@app/audit';
import { Public } from '@app/auth';
import { Database } from '@app/database';
import { ApiProblems, BODY_PROBLEMS, type ProblemCode } from '@app/problem';
import { OPERATOR_SCHEME } from '../../guard/scopes.decorator.js';
import { OperatorConfirmationsService } from './operator-confirmations.service.js';
import { OperatorCookieService } from './operator-cookie.service.js';
import type { OperatorPrincipal } from './operator-principals.service.js';
import { ChangePasswordRequest, OperatorSessionResponse, StepUpRequest } from './operator-session.dto.js';
import { OperatorSessionsService } from './operator-sessions.service.js';
import { CurrentOperator, OperatorGuard } from './operator.guard.js';

/** The problems of every route that needs an operator who is signed in. */
const SESSION_PROBLEMS = [
  'operator_session_missing',
  'origin_not_allowed',
  'host_not_allowed',
  'database_unavailable',
] as const satisfies readonly ProblemCode[];

const CONFIRMATION_PROBLEMS = [
  ...SESSION_PROBLEMS,
  ...BODY_PROBLEMS,
  'operator_credentials_invalid',
  'rate_limited',
] as const;

/** Reads, confirms and ends the session of an operator. */
@ApiTags('operators')
@ApiSecurity(OPERATOR_SCHEME)
@Public()
@UseGuards(OperatorGuard)
@Controller('api/admin/session')
export class OperatorSessionController {
  constructor(
    private readonly sessions: OperatorSessionsService,
    private readonly confirmations: OperatorConfirmationsService,
    private readonly cookie: OperatorCookieService,
    private readonly database: Database,
    private readonly events: AuthEventsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the session of the cookie' })
  @ApiOkResponse({ type: OperatorSessionResponse })
  @ApiProblems(...SESSION_PROBLEMS)
  read(@CurrentOperator() { session }: OperatorPrincipal): OperatorSessionResponse {
    return OperatorSessionResponse.of(session);
  }

  @Post('step-up')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm a code: routes that reveal or destroy are open for five minutes' })
  @ApiOkResponse({ type: OperatorSessionResponse })
  @ApiProblems(...CONFIRMATION_PROBLEMS)
  async stepUp(
    @CurrentOperator() { session }: OperatorPrincipal,
    @Body() { code }: StepUpRequest,
    @Client() client: ClientInfo,
  ): Promise<OperatorSessionResponse> {
    return OperatorSessionResponse.of(await this.confirmations.stepUp(session, code, client));
  }

  @Put('password')
  @ApiOperation({ summary: 'Change the password. All other sessions of the operator end' })
  @ApiOkResponse({ type: OperatorSessionResponse })
  @ApiProblems(...CONFIRMATION_PROBLEMS)
  async changePassword(
    @CurrentOperator() { session }: OperatorPrincipal,
    @Body() { password, new_password: newPassword, code }: ChangePasswordRequest,
    @Client() client: ClientInfo,
  ): Promise<OperatorSessionResponse> {
    const change = { password, newPassword, code };
    return OperatorSessionResponse.of(await this.confirmations.changePassword(session, change, client));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  @ApiProblems(...SESSION_PROBLEMS)
  async end(
    @CurrentOperator() { session, clientId: actor }: OperatorPrincipal,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(session.id);
    this.events.record({ kind: 'operator_logout', actor, client });
    this.cookie.clear(reply);
  }

  @Delete('all')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere' })
  @ApiNoContentResponse()
  @ApiProblems(...SESSION_PROBLEMS)
  async endAll(
    @CurrentOperator() { session, clientId: actor }: OperatorPrincipal,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.database.write((manager) => this.sessions.endAll(manager, session.operator.id));
    this.events.record({ kind: 'operator_logout', actor, client, detail: 'everywhere' });
    this.cookie.clear(reply);
  }
}
