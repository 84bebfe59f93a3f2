import { type DynamicModule, Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { AccountModule } from '@app/account';
import { AuditModule } from '@app/audit';
import { AuthModule } from '@app/auth';
import { type Config, ConfigModule } from '@app/config';
import { CryptoModule } from '@app/crypto';
import { DatabaseModule } from '@app/database';
import { ProblemModule } from '@app/problem';
import { RateLimitModule } from '@app/rate-limit';
import { RedisModule } from '@app/redis';
import { UserDataModule } from '@app/user-data';
import { WeixinModule } from '@app/weixin';
import { WeixinApiModule } from '@app/weixin-api';
import { HealthModule } from './health/health.module.js';
import { DtoPipe } from './http/validation.js';

/** The whole service. */
@Module({
  imports: [
    ProblemModule,
    CryptoModule,
    DatabaseModule,
    RedisModule,
    AuditModule,
    RateLimitModule,
    WeixinApiModule,
    AuthModule,
    WeixinModule,
    UserDataModule,
    AccountModule,
    HealthModule,
  ],
  providers: [{ provide: APP_PIPE, useClass: DtoPipe }],
})
export class AppModule {
  static forConfig(config: Config): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.forRoot(config)] };
  }
}
