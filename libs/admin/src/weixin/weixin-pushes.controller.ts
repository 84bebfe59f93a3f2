import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthEventsService } from '@app/audit';
import { PathId } from '@app/database';
import { ApiProblems, Problem } from '@app/problem';
import { StoredPushesService } from '@app/weixin';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { StepUp } from '../guard/step-up.decorator.js';
import { WeixinPushResponse } from './weixin-push.dto.js';

/** Reveals what WeChat has pushed. The event of the audit log is committed before the answer. */
@ApiTags('weixin')
@Scopes('pushes:read')
@Controller('api/admin/weixin/pushes/:id')
export class WeixinPushesController {
  constructor(
    private readonly pushes: StoredPushesService,
    private readonly events: AuthEventsService,
  ) {}

  @StepUp()
  @Get()
  @ApiOperation({ summary: 'Read a push of WeChat, for three days: its id is in the webhook `weixin.push`' })
  @ApiOkResponse({ type: WeixinPushResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'step_up_required', 'not_found')
  async read(
    @CurrentService() account: ServicePrincipal,
    @PathId('not_found') id: string,
  ): Promise<WeixinPushResponse> {
    const push = await this.pushes.find(account.appids, id);
    if (!push) throw new Problem('not_found', { detail: 'there is no such push, or not any more' });
    const { appid, userId } = push;
    await this.events.commit({
      kind: 'weixin_push_revealed',
      appid,
      ...(userId !== null && { userId }),
      actor: account.clientId,
    });
    return WeixinPushResponse.of(push);
  }
}
