import { Controller, Delete, Get, HttpCode } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { PathId } from '@app/database';
import { ApiProblems, Problem } from '@app/problem';
import { Client, type ClientInfo } from '@app/audit';
import { CurrentUser } from '../current-user.decorator.js';
import type { Principal } from '../principal.js';
import { ACCESS_TOKEN_PROBLEMS } from '../access-token-problems.js';
import { SessionResponse, SessionListResponse } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

/** Swagger UI replaces it by the id of its own session. */
const EXAMPLE_ID = '019a0000-0000-7000-8000-000000000000';

/** Lists and ends the user's own sessions. */
@ApiTags('sessions')
@ApiBearerAuth()
@Controller('api/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ApiOperation({ summary: 'List the devices the user is logged in on' })
  @ApiOkResponse({ type: SessionListResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  async list(@CurrentUser() user: Principal): Promise<SessionListResponse> {
    const sessions = await this.sessions.list(user.userId);
    return { sessions: sessions.map((session) => SessionResponse.of(session, user.sessionId)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Log one device out, its access tokens included' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid', example: EXAMPLE_ID } })
  @ApiNoContentResponse()
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, 'session_not_found')
  async end(
    @CurrentUser() user: Principal,
    @PathId('session_not_found') id: string,
    @Client() client: ClientInfo,
  ): Promise<void> {
    if (!(await this.sessions.end(user, id, client))) throw new Problem('session_not_found');
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log every other device out' })
  @ApiNoContentResponse()
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  async endOthers(@CurrentUser() user: Principal, @Client() client: ClientInfo): Promise<void> {
    await this.sessions.endOthers(user, client);
  }
}
