import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '@app/problem';
import { Scopes } from '../../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../../guard/service-token-problems.js';
import { StepUp } from '../../guard/step-up.decorator.js';
import { InvitationsService } from './invitations.service.js';
import { PendingInvitationListResponse, PendingInvitationResponse } from './pending-invitation.dto.js';

/** Lists and withdraws pending invitations, for owners. */
@ApiTags('operators')
@Controller('api/admin/operators/invitations')
export class PendingInvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Scopes('operators:read')
  @Get()
  @ApiOperation({ summary: 'List the pending invitations, the next to expire first' })
  @ApiOkResponse({ type: PendingInvitationListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  async list(): Promise<PendingInvitationListResponse> {
    const pending = await this.invitations.pending();
    return { items: pending.map((invitation) => PendingInvitationResponse.of(invitation)) };
  }

  @Scopes('operators:write')
  @StepUp()
  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw a pending invitation: its link becomes invalid' })
  @ApiNoContentResponse()
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'invitation_invalid')
  async withdraw(
    @Param('name') name: string,
    @CurrentService() { clientId: actor }: ServicePrincipal,
  ): Promise<void> {
    await this.invitations.withdraw(name, actor);
  }
}
