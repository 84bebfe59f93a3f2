import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '@app/auth';
import { Config } from '@app/config';
import { UsersModule } from '@app/users';
import { Code2Session } from './login/code2session.service.js';
import { LoginController } from './login/login.controller.js';
import { LoginService } from './login/login.service.js';
import { AccessTokenRows } from './access-token/access-token-rows.service.js';
import { AccessTokens } from './access-token/access-tokens.service.js';
import { AuthorizedApi } from './access-token/authorized-api.service.js';
import { CircuitBreakers } from './api/circuit-breakers.service.js';
import { WeixinAccessToken } from './access-token/weixin-access-token.entity.js';
import { StableToken } from './access-token/stable-token.service.js';
import { WeixinApi } from './api/weixin-api.service.js';
import { AppLimits } from './apps/app-limits.service.js';
import { WeixinApps } from './apps/weixin-apps.service.js';
import { CloudRun } from './cloud-run/cloud-run.service.js';
import { LoginProofs } from './login/login-proofs.service.js';
import { weixinTransport } from './api/weixin-transport.js';

/** WeChat as a client of its API sees it, and the login that rests on it. */
@Module({
  imports: [
    AuthModule,
    UsersModule,
    TypeOrmModule.forFeature([WeixinAccessToken]),
    HttpModule.registerAsync({
      inject: [Config],
      useFactory: ({ weixinApiBaseUrl, weixinApiFallbackUrl }: Config) => ({
        adapter: weixinTransport(weixinApiBaseUrl, weixinApiFallbackUrl),
        maxContentLength: 64 * 1024,
        responseType: 'text',
        transformResponse: (data: string) => data,
        validateStatus: () => true,
      }),
    }),
  ],
  controllers: [LoginController],
  providers: [
    AccessTokenRows,
    AccessTokens,
    AppLimits,
    AuthorizedApi,
    CircuitBreakers,
    CloudRun,
    Code2Session,
    LoginProofs,
    LoginService,
    StableToken,
    WeixinApi,
    WeixinApps,
  ],
  exports: [LoginProofs],
})
export class WeixinModule {}
