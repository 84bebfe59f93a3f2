import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HOUR_MS, HourlyCountsService } from '@app/audit';
import type { Language } from '@app/common';
import { Config } from '@app/config';
import { ApiProblems, Problem } from '@app/problem';
import { WeixinAppsService } from '@app/weixin-api';
import { DoctorService } from '../doctor/doctor.service.js';
import { ReaderLanguage } from '../doctor/reader-language.decorator.js';
import { Scopes } from '../guard/scopes.decorator.js';
import { CurrentService, type ServicePrincipal } from '../guard/service-principal.js';
import { SERVICE_TOKEN_PROBLEMS } from '../guard/service-token-problems.js';
import { AppListResponse, AppResponse, PushTestResponse } from './app.dto.js';

const DAY_MS = 86_400_000;

/** Lists mini-programs for other back ends, and tests their pushes. */
@ApiTags('weixin')
@Controller('api/admin/apps')
export class AppsController {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly config: Config,
    private readonly doctor: DoctorService,
    private readonly counts: HourlyCountsService,
  ) {}

  @Scopes('apps:read')
  @Get()
  @ApiOperation({ summary: 'List the mini-programs that the account may ask about and that are served' })
  @ApiOkResponse({ type: AppListResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS)
  async list(@CurrentService() { appids }: ServicePrincipal): Promise<AppListResponse> {
    const { RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: loginPerMinute, WEIXIN_PUSH_FORWARD_URL } = this.config;
    // The counts have the time of the instances.
    const midnight = Math.floor(Date.now() / DAY_MS) * (DAY_MS / HOUR_MS);
    const counts = await this.counts.byApp(appids, midnight);
    const common = { loginPerMinute, isForwarded: WEIXIN_PUSH_FORWARD_URL !== undefined, counts };
    const served = appids.flatMap((appid) => this.apps.find(appid) ?? []);
    return { items: served.map((app) => AppResponse.of(app, common)) };
  }

  @Scopes('users:write')
  @Post(':appid/test-push')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Test whether WeChat’s pushes to a mini-program arrive, as the WeChat console does',
    description:
      'Sends a signed request to `JWT_ISSUER`; no user is changed. The texts are in Chinese if `Accept-Language` begins with `zh`.',
  })
  @ApiOkResponse({ type: PushTestResponse })
  @ApiProblems(...SERVICE_TOKEN_PROBLEMS, 'app_unknown', 'push_not_configured')
  async testPush(
    @CurrentService() { appids }: ServicePrincipal,
    @Param('appid') appid: string,
    @ReaderLanguage() language: Language,
  ): Promise<PushTestResponse> {
    if (!appids.includes(appid)) throw new Problem('app_unknown');
    const problem = await this.doctor.testPush(this.apps.get(appid), language);
    return { ok: problem === undefined, ...(problem && { problem }) };
  }
}
