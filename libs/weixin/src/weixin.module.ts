import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '@app/auth';
import { Config } from '@app/config';
import { UsersModule } from '@app/users';
import { Code2Session } from './login/code2session.service.js';
import { LoginController } from './login/login.controller.js';
import { LoginService } from './login/login.service.js';
import {
  AccessTokenRows,
  AccessTokens,
  AuthorizedApi,
  CircuitBreakers,
  StableToken,
  WeixinAccessToken,
  WeixinApi,
  WeixinApps,
  weixinTransport,
} from '@app/weixin-api';
import { AppLimits } from '@app/rate-limit';
import { CloudRun } from './cloud-run/cloud-run.service.js';
import { LoginProofs } from './login/login-proofs.service.js';
import { ContentCheck } from './content-check/content-check.service.js';
import { OpenDataController } from './open-data/open-data.controller.js';
import { PhoneAtLogin } from './phone-number/phone-at-login.service.js';
import { PhoneBindings } from './phone-number/phone-bindings.service.js';
import { PhoneNumbers } from './phone-number/phone-numbers.service.js';
import { RiskRank } from './risk-rank/risk-rank.service.js';
import { SessionKeys } from './session-key/session-keys.service.js';
import { SessionKeyVault } from './session-key/session-key-vault.service.js';

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
        validateStatus: () => true,
      }),
    }),
  ],
  controllers: [LoginController, OpenDataController],
  providers: [
    AccessTokenRows,
    AccessTokens,
    AppLimits,
    AuthorizedApi,
    CircuitBreakers,
    CloudRun,
    Code2Session,
    ContentCheck,
    LoginProofs,
    LoginService,
    PhoneAtLogin,
    PhoneBindings,
    PhoneNumbers,
    RiskRank,
    SessionKeys,
    SessionKeyVault,
    StableToken,
    WeixinApi,
    WeixinApps,
  ],
  exports: [ContentCheck, LoginProofs, PhoneBindings],
})
export class WeixinModule {}
