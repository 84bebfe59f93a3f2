import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCESS_TOKEN_PROBLEMS, CurrentUser, type Principal, SessionsService } from '@app/auth';
import { Client, type ClientInfo } from '@app/audit';
import { RateLimit } from '@app/rate-limit';
import { ApiProblems, BODY_PROBLEMS, Problem, WEIXIN_CALL_PROBLEMS } from '@app/problem';
import { PhoneBindingsService, type PhoneProof } from '@app/weixin';
import { WeixinAppsService } from '@app/weixin-api';
import { BindPhoneRequest, BindPhoneResponse } from './phone.dto.js';

const EXAMPLE: BindPhoneRequest = { code: 'the phone code is a mock one' };

/** The user's own phone number. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('api/me/phone')
export class PhoneController {
  constructor(
    private readonly apps: WeixinAppsService,
    private readonly sessions: SessionsService,
    private readonly bindings: PhoneBindingsService,
  ) {}

  // A code that WeChat refuses is not counted in the quota, so only this limits the attempts.
  @RateLimit('login')
  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Bind your own phone number',
    description:
      'Send `code` of a getPhoneNumber button, or `encryptedData` and `iv` of older base libraries. The number replaces the ' +
      'one before. At most `PHONE_BINDINGS_PER_DAY` in a day; the next day begins at 00:00 UTC.',
  })
  @ApiBody({ type: BindPhoneRequest, examples: { 'a code of the sandbox': { value: EXAMPLE } } })
  @ApiOkResponse({ type: BindPhoneResponse })
  @ApiProblems(
    ...ACCESS_TOKEN_PROBLEMS,
    ...BODY_PROBLEMS,
    ...WEIXIN_CALL_PROBLEMS,
    'phone_code_invalid',
    'phone_bindings_exhausted',
    'phone_binding_disabled',
    'session_key_stale',
    'rate_limited',
  )
  async bind(
    @CurrentUser() user: Principal,
    @Body() body: BindPhoneRequest,
    @Client() client: ClientInfo,
  ): Promise<BindPhoneResponse> {
    return { phone: await this.bindings.bind({ ...user, client }, await this.proofOf(user, body)) };
  }

  private async proofOf(user: Principal, { code, encryptedData, iv }: BindPhoneRequest): Promise<PhoneProof> {
    if (encryptedData === undefined || iv === undefined)
      return { app: this.apps.get(user.appid), code: code ?? '' };
    if (code === undefined) return { identityId: await this.sessions.identityIdOf(user), encryptedData, iv };
    const error = 'send either code or encryptedData and iv';
    throw new Problem('validation_failed', { members: { errors: [error] } });
  }
}
