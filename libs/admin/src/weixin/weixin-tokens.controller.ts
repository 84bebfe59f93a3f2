import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthEventsService } from '@app/audit';
import type { WeixinApp } from '@app/config';
import { ApiProblems, BODY_PROBLEMS, Problem, WEIXIN_CALL_PROBLEMS } from '@app/problem';
import { WeixinAccessTokensService, WeixinAppsService } from '@app/weixin-api';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { RefusedTokenRequest, RefusedTokenResponse, WeixinTokenResponse } from './weixin-token.dto.js';

/**
 * Shares WeChat's access_token of a mini-program with other back ends, which then need no AppSecret. Each read is an event of
 * the audit log, committed before the answer.
 */
@ApiTags('weixin')
@Scopes('weixin:token')
@Controller('api/admin/weixin/:appid/access-token')
export class WeixinTokensController {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly tokens: WeixinAccessTokensService,
    private readonly events: AuthEventsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read WeChat’s access_token of a mini-program' })
  @ApiOkResponse({ type: WeixinTokenResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...WEIXIN_CALL_PROBLEMS)
  async read(
    @CurrentService() account: ServicePrincipal,
    @Param('appid') appid: string,
  ): Promise<WeixinTokenResponse> {
    const { token, usableMs } = await this.tokens.shared(this.appOf(account, appid));
    await this.events.commit({ kind: 'weixin_token_revealed', appid, actor: account.clientId });
    return { access_token: token, expires_in: Math.max(0, Math.floor(usableMs / 1000)) };
  }

  @Post('refused')
  @HttpCode(200)
  @ApiOperation({ summary: 'Report that WeChat has refused the access_token (errcode 40001, 40014, 42001)' })
  @ApiOkResponse({ type: RefusedTokenResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, ...BODY_PROBLEMS, 'app_unknown')
  async refused(
    @CurrentService() account: ServicePrincipal,
    @Param('appid') appid: string,
    @Body() { sha256 }: RefusedTokenRequest,
  ): Promise<RefusedTokenResponse> {
    const dropped = await this.tokens.refuse(this.appOf(account, appid), sha256);
    if (dropped) await this.events.commit({ kind: 'weixin_token_refused', appid, actor: account.clientId });
    return { dropped };
  }

  /** @throws {Problem} `app_unknown`, also for an app that the account may not ask about */
  private appOf({ appids }: ServicePrincipal, appid: string): WeixinApp {
    if (!appids.includes(appid)) throw new Problem('app_unknown');
    return this.apps.get(appid);
  }
}
