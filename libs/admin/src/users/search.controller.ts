import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthEventsService } from '@app/audit';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { UserDirectoryService } from '@app/users';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { keyOf, SearchUsersRequest } from './search.dto.js';
import { SearchScopesGuard } from './search-scopes.guard.js';
import { UserListResponse } from './user.dto.js';
import { VisibleUsersService } from './visible-users.service.js';

/** Finds users by a value that no log may hold: it is in the body, not in the URL. */
@ApiTags('users')
@Scopes('users:read')
@Controller('api/admin/users/search')
export class UserSearchController {
  constructor(
    private readonly visible: VisibleUsersService,
    private readonly directory: UserDirectoryService,
    private readonly events: AuthEventsService,
  ) {}

  @UseGuards(SearchScopesGuard)
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Find users by openid, unionid or full phone number' })
  @ApiOkResponse({ type: UserListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS)
  async search(
    @CurrentService() { appids, clientId: actor }: ServicePrincipal,
    @Body() body: SearchUsersRequest,
  ): Promise<UserListResponse> {
    const key = keyOf(body);
    const found = await this.directory.search(appids, key);
    const detail = Object.keys(key)[0];
    const userIds = found.length > 0 ? found.map(({ user }) => user.id) : [undefined];
    for (const userId of userIds) await this.events.commit({ kind: 'user_searched', userId, actor, detail });
    return { items: this.visible.responses(found) };
  }
}
