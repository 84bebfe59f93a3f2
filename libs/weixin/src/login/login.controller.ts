import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Client, type ClientInfo } from '@app/audit';
import { Public } from '@app/auth';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS, LOGIN_CODE_PROBLEMS } from '@app/problem';
import { CloudRun } from '../cloud-run/cloud-run.service.js';
import { RawHeaders } from '../cloud-run/raw-headers.decorator.js';
import { LOGIN_EXAMPLES, LoginAnswer, LoginDto } from './login.dto.js';
import { LoginService } from './login.service.js';

/** The longest body: two codes of 512 characters, appid, and a device, each character written as `\u4e00`. */
const BODY_LIMIT_BYTES = 8 * 1024;

@Public()
@ApiTags('login')
@Controller('api/weixin/login')
export class LoginController {
  constructor(
    private readonly service: LoginService,
    private readonly cloudRun: CloudRun,
  ) {}

  @RateLimit('login')
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in with the code of wx.login()',
    description:
      'Exchanges the code at WeChat, finds or makes the user, opens a session. A code works once: after any failure call ' +
      '`wx.login()` again. The sandbox gives a code without a phone: `POST /sandbox/codes`. Behind the ' +
      'gateway of WeChat Cloud Run (`WEIXIN_CLOUD_RUN=true`) leave `code` out: the gateway says who calls. ' +
      '`phone_code` binds a phone number in the same call: a login that succeeds answers `phone`, or `phone_problem` with the ' +
      'problem code that `POST /api/me/phone` would have answered.',
  })
  @ApiBody({ type: LoginDto, examples: LOGIN_EXAMPLES })
  @ApiOkResponse({ type: LoginAnswer })
  @ApiProblems(
    ...BODY_PROBLEMS,
    ...LOGIN_CODE_PROBLEMS,
    'user_disabled',
    'rate_limited',
    'database_unavailable',
  )
  async login(
    @Body() { code, appid, phone_code: phoneCode, device }: LoginDto,
    @Client() client: ClientInfo,
    @RawHeaders() headers: readonly string[],
  ): Promise<LoginAnswer> {
    const proof = code === undefined ? this.cloudRun.personOf(headers, appid) : { code, appid };
    return this.service.login(proof, { ...client, id: device?.id, name: device?.name }, phoneCode);
  }
}
