import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { Client, type ClientInfo } from '@app/audit';
import { Public } from '../public.decorator.js';
import { RateLimit } from '@app/rate-limit';
import { RevocationsService } from './revocation/revocations.service.js';
import { AccessTokensService } from '../tokens/access-tokens.service.js';
import { RefreshSessionTrackerService } from './refresh-session-tracker.service.js';
import { RefreshService } from './refresh.service.js';
import { MAX_TOKEN_LENGTH, RefreshRequest, VerifyRequest } from '../tokens/token.dto.js';
import { TokenPairResponse } from '../tokens/token-pair.dto.js';

/** A token and its JSON. */
const BODY_LIMIT_BYTES = MAX_TOKEN_LENGTH + 1024;

/** Serves the three token routes of Django's simplejwt. */
@Public()
@Controller('api/token')
export class TokensController {
  constructor(
    private readonly refreshService: RefreshService,
    private readonly accessTokens: AccessTokensService,
    private readonly revocations: RevocationsService,
  ) {}

  @RateLimit('refresh', RefreshSessionTrackerService)
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post('refresh')
  @ApiTags('tokens')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Next tokens for a refresh token',
    description:
      'A refresh token works once. Sent again within `REFRESH_REUSE_GRACE_SECONDS`, because an answer was lost or two ' +
      'requests raced, it returns tokens of the same generation again. Sent later, while its successor was not used, it ' +
      'returns the next generation, and the lost one becomes invalid. An invalidated or older token ends the session.',
  })
  @ApiOkResponse({ type: TokenPairResponse })
  @ApiProblems(
    ...BODY_PROBLEMS,
    'refresh_token_invalid',
    'refresh_token_expired',
    'refresh_token_reused',
    'refresh_token_revoked',
    'user_disabled',
    'rate_limited',
    'database_unavailable',
  )
  refresh(@Body() { refresh }: RefreshRequest, @Client() client: ClientInfo): Promise<TokenPairResponse> {
    return this.refreshService.refresh(refresh, client);
  }

  @RateLimit('verify')
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post('verify')
  @ApiTags('tokens')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check whether an access token is valid',
    description:
      'For back ends that do not verify it themselves. It refuses revoked tokens, which a JWKS cannot.',
  })
  @ApiOkResponse({ schema: { example: {} } })
  @ApiProblems(
    ...BODY_PROBLEMS,
    'token_invalid',
    'token_expired',
    'token_revoked',
    'user_disabled',
    'rate_limited',
    'database_unavailable',
  )
  async verify(@Body() { token }: VerifyRequest): Promise<object> {
    await this.revocations.assertLive(await this.accessTokens.verify(token));
    return {};
  }

  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post('blacklist')
  @ApiTags('sessions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log out',
    description:
      'Ends the session of a refresh token, its access tokens included. An invalid or expired token is no error.',
  })
  @ApiOkResponse({ schema: { example: {} } })
  @ApiProblems(...BODY_PROBLEMS, 'database_unavailable')
  async blacklist(@Body() { refresh }: RefreshRequest, @Client() client: ClientInfo): Promise<object> {
    await this.refreshService.logOut(refresh, client);
    return {};
  }
}
