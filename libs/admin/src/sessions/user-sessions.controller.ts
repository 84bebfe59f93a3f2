import { Controller, Delete, Get, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SessionsService } from '@app/auth';
import { PathId } from '@app/database';
import { ApiProblems, Problem } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { VisibleUsersService } from '../users/visible-users.service.js';
import { UserSessionListResponse, UserSessionResponse } from './user-session.dto.js';

/** Lists and ends the sessions of a user in the mini-programs of the account. */
@ApiTags('sessions')
@Scopes('users:write')
@Controller('api/admin/users/:id/sessions')
export class UserSessionsController {
  constructor(
    private readonly visible: VisibleUsersService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the live sessions of a user' })
  @ApiOkResponse({ type: UserSessionListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'user_not_found')
  async list(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<UserSessionListResponse> {
    await this.visible.assertLive(account, id);
    const sessions = await this.sessions.list(id);
    const own = sessions.filter(({ appid }) => account.appids.includes(appid));
    return { items: own.map((session) => UserSessionResponse.of(session)) };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'End every session of a user: the next refresh gets `ended_by: "operator"`' })
  @ApiNoContentResponse()
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'user_not_found')
  async endAll(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<void> {
    await this.visible.assertLive(account, id);
    await this.sessions.endForOperator(id, account.appids, account.clientId);
  }

  @Delete(':sid')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one session of a user' })
  @ApiNoContentResponse()
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'user_not_found', 'session_not_found')
  async end(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
    @PathId('session_not_found', 'sid') sid: string,
  ): Promise<void> {
    await this.visible.assertLive(account, id);
    const ended = await this.sessions.endForOperator(id, account.appids, account.clientId, sid);
    if (ended === 0) throw new Problem('session_not_found');
  }
}
