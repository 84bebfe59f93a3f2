import { Body, Controller, HttpCode, Post, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Client, type ClientInfo } from '@app/audit';
import { Public } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS, type ProblemCode } from '@app/problem';
import { OperatorCookieService } from '../sessions/operator-cookie.service.js';
import { OperatorSessionResponse } from '../sessions/operator-session.dto.js';
import { OriginGuard } from '../sessions/origin.guard.js';
import { AcceptancesService } from './acceptances.service.js';
import { AcceptInvitationRequest, InvitationResponse, OpenInvitationRequest } from './invitation.dto.js';
import { InvitationsService } from './invitations.service.js';

const INVITATION_PROBLEMS = [
  ...BODY_PROBLEMS,
  'invitation_invalid',
  'origin_not_allowed',
  'host_not_allowed',
  'database_unavailable',
] as const satisfies readonly ProblemCode[];

/** Opens and accepts invitations. The token is in the body, so that no log has it. */
@ApiTags('operators')
@Public()
@UseGuards(OriginGuard)
@Controller('api/admin/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly acceptances: AcceptancesService,
    private readonly cookie: OperatorCookieService,
  ) {}

  @Post('open')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read an invitation: the same until it is accepted, for 30 minutes' })
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems(...INVITATION_PROBLEMS)
  async open(@Body() { token }: OpenInvitationRequest): Promise<InvitationResponse> {
    return InvitationResponse.of(await this.invitations.open(token));
  }

  @Post('accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Set a password, confirm TOTP, and sign in. The answer sets a cookie' })
  @ApiOkResponse({ type: OperatorSessionResponse })
  @ApiProblems(...INVITATION_PROBLEMS, 'operator_credentials_invalid')
  async accept(
    @Body() acceptance: AcceptInvitationRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorSessionResponse> {
    const { token, session } = await this.acceptances.accept(acceptance, client);
    this.cookie.set(reply, token);
    return OperatorSessionResponse.of(session);
  }
}
