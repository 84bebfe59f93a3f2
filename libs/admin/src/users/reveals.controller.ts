import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthEventsService } from '@app/audit';
import { PathId } from '@app/database';
import { ApiProblems } from '@app/problem';
import { UserDirectoryService, UserPhonesService } from '@app/users';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { StepUp } from '../guard/step-up.decorator.js';
import { IdentityListResponse, PhoneResponse } from './reveals.dto.js';
import { VisibleUsersService } from './visible-users.service.js';

/** Reveals openids and phone numbers. The event of the audit log is committed before the answer. */
@ApiTags('users')
@Controller('api/admin/users/:id')
export class RevealsController {
  constructor(
    private readonly visible: VisibleUsersService,
    private readonly directory: UserDirectoryService,
    private readonly phones: UserPhonesService,
    private readonly events: AuthEventsService,
  ) {}

  @Scopes('identities:read')
  @StepUp()
  @Get('identities')
  @ApiOperation({ summary: 'Read the openids of a user, for calls of WeChat such as payments' })
  @ApiOkResponse({ type: IdentityListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'user_not_found')
  async identities(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<IdentityListResponse> {
    await this.visible.assertLive(account, id);
    const identities = await this.directory.identitiesOf(account.appids, id);
    await this.events.commit({ kind: 'identities_revealed', userId: id, actor: account.clientId });
    return {
      items: identities.map(({ appid, openid, unionid }) => ({
        appid,
        openid,
        ...(unionid !== null && { unionid }),
      })),
    };
  }

  @Scopes('phones:read')
  @StepUp()
  @Get('phone')
  @ApiOperation({ summary: 'Read the full phone number of a user' })
  @ApiOkResponse({ type: PhoneResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'user_not_found')
  async phone(
    @CurrentService() account: ServicePrincipal,
    @PathId('user_not_found') id: string,
  ): Promise<PhoneResponse> {
    await this.visible.assertLive(account, id);
    const phone = await this.phones.reveal(id);
    await this.events.commit({ kind: 'phone_revealed', userId: id, actor: account.clientId });
    return { phone };
  }
}
