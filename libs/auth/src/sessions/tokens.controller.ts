import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiProblems, BODY_PROBLEMS } from '@app/problem';
import { Client, type ClientInfo } from '@app/audit';
import { Public } from '../public.decorator.js';
import { RateLimit } from '@app/rate-limit';
import { Revocations } from './revocation/revocations.service.js';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { RefreshSessionTracker } from './refresh-session-tracker.service.js';
import { RefreshService } from './refresh.service.js';
import { MAX_TOKEN_LENGTH, RefreshDto, VerifyDto } from '../tokens/token.dto.js';
import { TokenPair } from '../tokens/token-pair.dto.js';

/** A token, and what is around it. */
const BODY_LIMIT_BYTES = MAX_TOKEN_LENGTH + 1024;

/** The three routes that users of Django's simplejwt know by these names. */
@Public()
@Controller('api/token')
export class TokensController {
  constructor(
    private readonly refreshService: RefreshService,
    private readonly accessTokens: AccessTokens,
    private readonly revocations: Revocations,
  ) {}

  @RateLimit('refresh', RefreshSessionTracker)
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post('refresh')
  @ApiTags('tokens')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Next tokens for a refresh token',
    description:
      'A refresh token works once. Sent again within `REFRESH_REUSE_GRACE_SECONDS`, because an answer was lost or two ' +
      'requests raced, it gives tokens of the same generation again. Sent later, while its successor was not used, it gives ' +
      'the next generation, and the one that was lost is void. A void token, or an older one, ends the session.',
  })
  @ApiOkResponse({ type: TokenPair })
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
  refresh(@Body() { refresh }: RefreshDto, @Client() client: ClientInfo): Promise<TokenPair> {
    return this.refreshService.refresh(refresh, client);
  }

  @RateLimit('verify')
  @RouteConfig({ bodyLimitBytes: BODY_LIMIT_BYTES })
  @Post('verify')
  @ApiTags('tokens')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Ask whether an access token is good',
    description:
      'For back ends that do not verify it themselves. It also knows revoked tokens, which a JWKS does not.',
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
  async verify(@Body() { token }: VerifyDto): Promise<object> {
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
      'Ends the session of a refresh token, its access tokens included. A dead or unknown token is no error.',
  })
  @ApiOkResponse({ schema: { example: {} } })
  @ApiProblems(...BODY_PROBLEMS, 'database_unavailable')
  async blacklist(@Body() { refresh }: RefreshDto, @Client() client: ClientInfo): Promise<object> {
    await this.refreshService.logOut(refresh, client);
    return {};
  }
}
