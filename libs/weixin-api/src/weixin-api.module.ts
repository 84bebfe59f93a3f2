import { HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Config } from '@app/config';
import { DatabaseModule } from '@app/database';
import { AccessTokenRows } from './access-token/access-token-rows.service.js';
import { AccessTokens } from './access-token/access-tokens.service.js';
import { AuthorizedApi } from './access-token/authorized-api.service.js';
import { StableToken } from './access-token/stable-token.service.js';
import { WeixinAccessToken } from './access-token/weixin-access-token.entity.js';
import { CircuitBreakersService } from './api/circuit-breakers.service.js';
import { WeixinApi } from './api/weixin-api.service.js';
import { weixinHttpService } from './api/weixin-transport.js';
import { WeixinApps } from './apps/weixin-apps.service.js';

/** WeChat's server API as a client of it: transport, access_token, errcodes, apps. Knows no user. */
@Module({
  imports: [DatabaseModule.forFeature({ entities: [WeixinAccessToken] })],
  providers: [
    {
      provide: HttpService,
      inject: [Config],
      useFactory: ({ WEIXIN_API_BASE_URL, WEIXIN_API_FALLBACK_URL }: Config) =>
        weixinHttpService(WEIXIN_API_BASE_URL, WEIXIN_API_FALLBACK_URL),
    },
    AccessTokenRows,
    AccessTokens,
    AuthorizedApi,
    CircuitBreakersService,
    StableToken,
    WeixinApi,
    WeixinApps,
  ],
  exports: [AccessTokenRows, AuthorizedApi, CircuitBreakersService, StableToken, WeixinApi, WeixinApps],
})
export class WeixinApiModule {}
