import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Client, type ClientInfo } from '@app/audit';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal } from '@app/auth';
import { ApiProblems, BODY_PROBLEMS, LOGIN_CODE_PROBLEMS } from '@app/problem';
import { RateLimit } from '@app/rate-limit';
import { RawHeaders } from '@app/weixin';
import { ReauthenticationRequest } from '../reauthentication/reauthentication.dto.js';
import { ReauthenticationService } from '../reauthentication/reauthentication.service.js';
import { ExportResponse } from './export.dto.js';
import { ExportsService } from './exports.service.js';

/** The copy of the user's own data. */
@ApiTags('personal data')
@ApiBearerAuth()
@Controller('api/me/export')
export class ExportController {
  constructor(
    private readonly reauthentication: ReauthenticationService,
    private readonly service: ExportsService,
  ) {}

  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Export everything that is stored of you',
    description:
      'Needs a fresh code of `wx.login()`, because the answer has the whole phone number and the openid.',
  })
  @ApiOkResponse({ type: ExportResponse })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    'login_code_foreign',
    ...LOGIN_CODE_PROBLEMS,
    'rate_limited',
  )
  async export(
    @CurrentUser() user: Principal,
    @Body() body: ReauthenticationRequest,
    @RawHeaders() headers: readonly string[],
    @Client() client: ClientInfo,
  ): Promise<ExportResponse> {
    return this.service.export(
      user,
      await this.reauthentication.exchange(user, body, headers, client),
      client,
    );
  }
}
