import { HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Config } from '@app/config';
import { DatabaseModule } from '@app/database';
import { AccessTokenStoreService } from './access-token/access-token-store.service.js';
import { WeixinAccessTokensService } from './access-token/weixin-access-tokens.service.js';
import { AuthorizedApiService } from './access-token/authorized-api.service.js';
import { StableTokenService } from './access-token/stable-token.service.js';
import { WeixinAccessToken } from './access-token/weixin-access-token.entity.js';
import { CircuitBreakersService } from './api/circuit-breakers.service.js';
import { WeixinApiService } from './api/weixin-api.service.js';
import { weixinHttpService } from './api/weixin-transport.js';
import { WeixinAppsService } from './apps/weixin-apps.service.js';

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
    AccessTokenStoreService,
    WeixinAccessTokensService,
    AuthorizedApiService,
    CircuitBreakersService,
    StableTokenService,
    WeixinApiService,
    WeixinAppsService,
  ],
  exports: [
    AccessTokenStoreService,
    AuthorizedApiService,
    CircuitBreakersService,
    StableTokenService,
    WeixinAccessTokensService,
    WeixinApiService,
    WeixinAppsService,
  ],
})
export class WeixinApiModule {}
