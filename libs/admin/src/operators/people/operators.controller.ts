import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { Scopes } from '../../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../../guard/service-token-problems.js';
import { StepUp } from '../../guard/step-up.decorator.js';
import {
  InvitationLinkResponse,
  InviteOperatorRequest,
  OperatorListResponse,
  OperatorResponse,
} from './operator.dto.js';
import { OperatorsService } from './operators.service.js';

/** Manages operators, for owners. */
@ApiTags('operators')
@Controller('api/admin/operators')
export class OperatorsController {
  constructor(private readonly operators: OperatorsService) {}

  @Scopes('operators:read')
  @Get()
  @ApiOperation({ summary: 'List the operators' })
  @ApiOkResponse({ type: OperatorListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  async list(): Promise<OperatorListResponse> {
    return { items: (await this.operators.list()).map((operator) => OperatorResponse.of(operator)) };
  }

  @Scopes('operators:write')
  @StepUp()
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Invite a person. An earlier invitation of the name becomes invalid' })
  @ApiOkResponse({ type: InvitationLinkResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'step_up_required', 'operator_name_taken')
  async invite(
    @Body() { name, role }: InviteOperatorRequest,
    @CurrentService() { clientId: actor }: ServicePrincipal,
  ): Promise<InvitationLinkResponse> {
    return InvitationLinkResponse.of(await this.operators.invite({ name, role }, actor));
  }

  @Scopes('operators:write')
  @StepUp()
  @Post(':id/reset')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take all credentials and sessions from an operator, who gets new ones by the link',
  })
  @ApiOkResponse({ type: InvitationLinkResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'operator_not_found')
  async reset(
    @PathId('operator_not_found') id: string,
    @CurrentService() { clientId: actor }: ServicePrincipal,
  ): Promise<InvitationLinkResponse> {
    return InvitationLinkResponse.of(await this.operators.reset({ id }, actor));
  }

  @Scopes('operators:write')
  @StepUp()
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an operator, whose sessions end' })
  @ApiNoContentResponse()
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'operator_not_found', 'last_owner')
  async remove(
    @PathId('operator_not_found') id: string,
    @CurrentService() { clientId: actor }: ServicePrincipal,
  ): Promise<void> {
    await this.operators.remove({ id }, actor);
  }
}
