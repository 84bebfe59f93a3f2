import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Client, type ClientInfo } from '@app/audit';
import { Public } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { AddressTrackerService } from '@app/rate-limit';
import { OperatorCookieService } from './operator-cookie.service.js';
import { OperatorLoginService } from './operator-login.service.js';
import { OperatorLoginRequest, OperatorSessionResponse } from './operator-session.dto.js';
import { OriginGuard } from './origin.guard.js';

/** Signs operators in. */
@ApiTags('operators')
@Public()
@UseGuards(OriginGuard)
@Controller('api/admin/session')
export class OperatorLoginController {
  constructor(
    private readonly logins: OperatorLoginService,
    private readonly cookie: OperatorCookieService,
    private readonly addresses: AddressTrackerService,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in to the console. The answer sets a cookie' })
  @ApiOkResponse({ type: OperatorSessionResponse })
  @ApiProblems(
    ...BODY_PROBLEMS,
    'operator_credentials_invalid',
    'origin_not_allowed',
    'host_not_allowed',
    'rate_limited',
    'database_unavailable',
  )
  async login(
    @Body() credentials: OperatorLoginRequest,
    @Req() request: FastifyRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorSessionResponse> {
    const address = this.addresses.trackerOf(request);
    const { token, session } = await this.logins.login(credentials, address, client);
    this.cookie.set(reply, token);
    return OperatorSessionResponse.of(session);
  }
}
