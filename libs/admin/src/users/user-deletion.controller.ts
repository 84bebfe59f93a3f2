import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PathId } from '@app/database';
import { OperatorDeletionsService } from '@app/deletion';
import { ApiProblems, BODY_PROBLEMS, Problem } from '@app/problem';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { StepUp } from '../guard/step-up.decorator.js';
import { DeleteUserRequest, UserDeletionResponse } from './user-deletion.dto.js';
import { VisibleUsersService } from './visible-users.service.js';

/** Deletes users, and cancels that. */
@ApiTags('users')
@Scopes('users:write')
@Controller('api/admin/users/:id/deletion')
export class UserDeletionController {
  constructor(
    private readonly visible: VisibleUsersService,
    private readonly deletions: OperatorDeletionsService,
  ) {}

  @StepUp()
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Delete a user in all mini-programs: all sessions end, and everything is erased after the cooling-off',
  })
  @ApiBody({ type: DeleteUserRequest, required: false })
  @ApiOkResponse({ type: UserDeletionResponse })
  @ApiProblems(
    ...SERVICE_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'step_up_required',
    'user_not_found',
    'user_disabled',
    'deletion_pending',
    'deletion_ledger_unavailable',
  )
  async request(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
    @Body() { forget_ban: forgetBan = false }: DeleteUserRequest = {},
  ): Promise<UserDeletionResponse> {
    await this.visible.assertLive(account, id);
    const deletesAt = await this.deletions.delete(id, { forgetBan, actor: account.clientId });
    if (deletesAt === undefined) throw new Problem('user_not_found');
    return { deletes_at: new Date(deletesAt).toISOString() };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Cancel the deletion of a user in the cooling-off' })
  @ApiNoContentResponse()
  @ApiProblems(
    ...SERVICE_TOKEN_PROBLEMS,
    'user_not_found',
    'deletion_not_requested',
    'deletion_ledger_unavailable',
  )
  async cancel(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<void> {
    await this.visible.assertLive(account, id);
    if (!(await this.deletions.cancel(id, account.clientId))) throw new Problem('user_not_found');
  }
}
