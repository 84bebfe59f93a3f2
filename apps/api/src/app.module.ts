import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { AccountModule } from '@app/account';
import { AdminModule } from '@app/admin';
import { AuditModule } from '@app/audit';
import { AuthModule } from '@app/auth';
import { type Config, ConfigModule } from '@app/config';
import { CryptoModule } from '@app/crypto';
import { DatabaseModule } from '@app/database';
import { OutboxModule } from '@app/outbox';
import { PersonalDataModule } from '@app/personal-data';
import { ProblemModule } from '@app/problem';
import { RateLimitModule } from '@app/rate-limit';
import { RedisModule } from '@app/redis';
import { UserDataModule } from '@app/user-data';
import { WebhooksModule } from '@app/webhooks';
import { WeixinModule } from '@app/weixin';
import { WeixinApiModule } from '@app/weixin-api';
import { HealthModule } from './health/health.module.js';
import { DtoPipe } from './http/validation.js';

/** Assembles the modules of the service. */
@Module({
  imports: [
    ProblemModule,
    CryptoModule,
    DatabaseModule,
    RedisModule,
    PersonalDataModule,
    OutboxModule,
    AuditModule,
    RateLimitModule,
    WeixinApiModule,
    AuthModule,
    WeixinModule,
    UserDataModule,
    AccountModule,
    AdminModule,
    WebhooksModule,
    HealthModule,
  ],
  providers: [{ provide: APP_PIPE, useClass: DtoPipe }],
})
export class AppModule {
  /**
   * Returns the module for a configuration.
   * @param features additional modules, such as `FEATURES` of the folder `features`
   */
  static forConfig(config: Config, features: NonNullable<ModuleMetadata['imports']> = []): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.forRoot(config), ...features] };
  }
}
