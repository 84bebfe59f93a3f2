import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS, Problem } from '@app/problem';
import { CustomClaimsService } from '@app/users';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { VisibleUsersService } from '../users/visible-users.service.js';
import { UserClaims } from './user-claims.dto.js';

/** Reads and replaces the custom claims of a user. */
@ApiTags('claims')
@Scopes('claims:write')
@Controller('api/admin/users/:id/claims')
export class UserClaimsController {
  constructor(
    private readonly visible: VisibleUsersService,
    private readonly claims: CustomClaimsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the custom claims of a user' })
  @ApiOkResponse({ type: UserClaims })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'user_not_found')
  async read(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<UserClaims> {
    await this.visible.assertLive(account, id);
    return { claims: (await this.claims.find(id)) ?? {} };
  }

  @Put()
  @ApiOperation({ summary: 'Replace the custom claims of a user: the next access token has them' })
  @ApiOkResponse({ type: UserClaims })
  @ApiProblems(
    ...SERVICE_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'user_not_found',
    'claims_invalid',
    'claim_reserved',
  )
  async replace(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
    @Body() { claims }: UserClaims,
  ): Promise<UserClaims> {
    await this.visible.assertLive(account, id);
    if (!(await this.claims.replace(id, claims, account.clientId))) throw new Problem('user_not_found');
    return { claims };
  }
}
