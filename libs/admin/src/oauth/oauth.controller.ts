import { Body, Controller, Header, HttpCode, Post, UseFilters, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { MAX_TOKEN_LENGTH, Public } from '@app/auth';
import { RateLimit } from '@app/rate-limit';
import { CurrentService } from '../guard/service-principal.js';
import type { LiveAccount } from '../service-accounts/live-accounts.service.js';
import { AccountTrackerService } from './account-tracker.service.js';
import { ClientGuard } from './client.guard.js';
import type { Form } from './form.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { type IntrospectionResponse, OAuthService, type ServiceTokenResponse } from './oauth.service.js';

/** A token and the credentials, form-encoded. */
const FORM = { form: true, bodyLimitBytes: MAX_TOKEN_LENGTH + 2048 };

/** OAuth for service accounts, which authenticate in each request. On the admin listener. */
@Public()
@ApiExcludeController()
@UseGuards(ClientGuard)
@UseFilters(OAuthErrorFilter)
@Controller('oauth')
export class OAuthController {
  constructor(private readonly oauth: OAuthService) {}

  @RateLimit('service_token', AccountTrackerService)
  @RouteConfig(FORM)
  @Post('token')
  @HttpCode(200)
  @Header('Pragma', 'no-cache')
  token(@CurrentService() account: LiveAccount, @Body() form: Form): ServiceTokenResponse {
    return this.oauth.token(account, form);
  }

  @RouteConfig(FORM)
  @Post('introspect')
  @HttpCode(200)
  introspect(@CurrentService() account: LiveAccount, @Body() form: Form): Promise<IntrospectionResponse> {
    return this.oauth.introspect(account, form);
  }
}
