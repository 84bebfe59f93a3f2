import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, PathId } from '@app/database';
import { ApiProblems, BODY_PROBLEMS, Problem } from '@app/problem';
import { UserDocumentsService } from '@app/user-data';
import { UserDirectoryService, UsersService } from '@app/users';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { limitOf } from '../lists/list-query.dto.js';
import {
  DisableUserRequest,
  UserDetailResponse,
  UserListQuery,
  UserListResponse,
  UserResponse,
} from './user.dto.js';
import { VisibleUsersService } from './visible-users.service.js';

/** Lists, disables and enables users. */
@ApiTags('users')
@Controller('api/admin/users')
export class UsersController {
  constructor(
    private readonly visible: VisibleUsersService,
    private readonly directory: UserDirectoryService,
    private readonly users: UsersService,
    private readonly database: Database,
    private readonly documents: UserDocumentsService,
  ) {}

  @Scopes('users:read')
  @Get()
  @ApiOperation({
    summary: 'List users, by id or by the beginning of a nickname',
    description:
      'Without `q` in the order of their ids. With `q`, ids come before nicknames, in their order. With `state` as it says.',
  })
  @ApiOkResponse({ type: UserListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'validation_failed')
  async list(
    @CurrentService() { appids }: ServicePrincipal,
    @Query() query: UserListQuery,
  ): Promise<UserListResponse> {
    const { q: prefix, state, cursor } = query;
    const { items, nextCursor } = await this.directory.list(
      appids,
      { prefix, state, cursor },
      limitOf(query),
    );
    return {
      items: this.visible.responses(items),
      ...(nextCursor !== undefined && { next_cursor: nextCursor }),
    };
  }

  @Scopes('users:read')
  @Get(':id')
  @ApiOperation({ summary: 'Read one user' })
  @ApiOkResponse({ type: UserDetailResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'user_not_found')
  async find(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<UserDetailResponse> {
    const user = await this.visible.response(account, id);
    const [bytes, offers] = await Promise.all([
      this.documents.bytesOf(id),
      this.directory.sharersOf(account.appids, id),
    ]);
    return { ...user, document_bytes: bytes, merge_offers: offers };
  }

  @Scopes('users:write')
  @Post(':id/disable')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Disable a user: every instance refuses logins, refreshes and access tokens within two seconds',
  })
  @ApiBody({ type: DisableUserRequest, required: false })
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'user_not_found')
  async disable(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
    @Body() body: DisableUserRequest = {},
  ): Promise<UserResponse> {
    await this.visible.assertLive(account, id);
    const until = this.untilOf(body);
    await this.users.disable(id, { until, reason: body.reason, actor: account.clientId });
    return this.visible.response(account, id);
  }

  @Scopes('users:write')
  @Post(':id/enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enable a user. Sessions that have not ended meanwhile continue' })
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'user_not_found')
  async enable(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<UserResponse> {
    await this.visible.assertLive(account, id);
    await this.users.enable(id, account.clientId);
    return this.visible.response(account, id);
  }

  private untilOf({ until }: DisableUserRequest): number | undefined {
    if (until === undefined) return undefined;
    const time = Date.parse(until);
    if (time > this.database.clock.now()) return time;
    throw new Problem('validation_failed', { members: { errors: ['until must be in the future'] } });
  }
}
