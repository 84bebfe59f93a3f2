import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Client, type ClientInfo } from '@app/audit';
import { Public } from '@app/auth';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS, LOGIN_CODE_PROBLEMS } from '@app/problem';
import { CloudRunService } from '../cloud-run/cloud-run.service.js';
import { RawHeaders } from '../cloud-run/raw-headers.decorator.js';
import { LOGIN_EXAMPLES, LoginResponse, LoginRequest } from './login.dto.js';
import { LoginService } from './login.service.js';

/** Fits the longest valid body: two codes of 512 characters, appid, device and ten consents, every character escaped as `\u4e00`. */
const BODY_LIMIT_BYTES = 16 * 1024;

@Public()
@ApiTags('login')
@Controller('api/weixin/login')
export class LoginController {
  constructor(
    private readonly service: LoginService,
    private readonly cloudRun: CloudRunService,
  ) {}

  @RateLimit('login')
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in with the code of wx.login()',
    description:
      'Exchanges the code at WeChat, finds or creates the user, opens a session. A code works once: after any failure call ' +
      '`wx.login()` again. The sandbox gives a code without a phone: `POST /sandbox/codes`. Behind the ' +
      'gateway of WeChat Cloud Run (`WEIXIN_CLOUD_RUN=true`) leave `code` out: the gateway sends the identity of the caller. ' +
      '`phone_code` binds a phone number in the same call: the answer has `phone`, or `phone_problem` with the problem code of ' +
      '`POST /api/me/phone`.',
  })
  @ApiBody({ type: LoginRequest, examples: LOGIN_EXAMPLES })
  @ApiOkResponse({ type: LoginResponse })
  @ApiProblems(
    ...BODY_PROBLEMS,
    ...LOGIN_CODE_PROBLEMS,
    'user_disabled',
    'consent_required',
    'deletion_ledger_unavailable',
    'rate_limited',
    'database_unavailable',
  )
  async login(
    @Body() { code, appid, phone_code: phoneCode, device, consents }: LoginRequest,
    @Client() client: ClientInfo,
    @RawHeaders() headers: readonly string[],
  ): Promise<LoginResponse> {
    const proof = code === undefined ? this.cloudRun.identityOf(headers, appid) : { code, appid };
    return this.service.login({
      proof,
      device: { ...client, id: device?.id, name: device?.name },
      phoneCode,
      consents,
    });
  }
}
