import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Client, type ClientInfo } from '@app/audit';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS, LOGIN_CODE_PROBLEMS } from '@app/problem';
import { RateLimit } from '@app/rate-limit';
import { RawHeaders } from '@app/weixin';
import { ReauthenticationRequest } from '../reauthentication/reauthentication.dto.js';
import { ReauthenticationService } from '../reauthentication/reauthentication.service.js';
import { DeletionResponse, DeletionStateResponse } from './deletion.dto.js';
import { OwnDeletionService } from './own-deletion.service.js';

/** The deletion of the user's own account (账号注销). */
@ApiTags('deletion')
@ApiBearerAuth()
@Controller('api/me/deletion')
export class DeletionController {
  constructor(
    private readonly reauthentication: ReauthenticationService,
    private readonly service: OwnDeletionService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read whether your account is about to be deleted' })
  @ApiOkResponse({ type: DeletionStateResponse })
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS)
  read(@CurrentUser() user: Principal): Promise<DeletionStateResponse> {
    return this.service.read(user.userId);
  }

  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Delete your account',
    description:
      'All sessions end, and after `ACCOUNT_DELETION_COOLING_OFF_DAYS` everything that is stored of you is erased. Until then a ' +
      'login works, its answer has `deletion`, and `DELETE /api/me/deletion` cancels. A login alone cancels nothing.',
  })
  @ApiOkResponse({ type: DeletionResponse })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'login_code_foreign',
    'deletion_pending',
    'deletion_ledger_unavailable',
    ...LOGIN_CODE_PROBLEMS,
    'rate_limited',
  )
  async request(
    @CurrentUser() user: Principal,
    @Body() body: ReauthenticationRequest,
    @RawHeaders() headers: readonly string[],
    @Client() client: ClientInfo,
  ): Promise<DeletionResponse> {
    const exchange = await this.reauthentication.exchange(user, body, headers, client);
    return { deletes_at: new Date(await this.service.request(user, exchange, client)).toISOString() };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Cancel the deletion of your account',
    description: 'The request has ended all sessions: log in again before.',
  })
  @ApiNoContentResponse()
  @ApiProblems(...ACCESS_TOKEN_PROBLEMS, 'deletion_not_requested', 'deletion_ledger_unavailable')
  cancel(@CurrentUser() user: Principal, @Client() client: ClientInfo): Promise<void> {
    return this.service.cancel(user, client);
  }
}
