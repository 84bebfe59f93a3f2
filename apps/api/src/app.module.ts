import { type DynamicModule, Module, ValidationPipe } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { AuthModule } from '@app/auth';
import { type Config, ConfigModule } from '@app/config';
import { CryptoModule } from '@app/crypto';
import { DatabaseModule } from '@app/database';
import { ProblemModule } from '@app/problem';
import { UserDataModule } from '@app/user-data';
import { WeixinModule } from '@app/weixin';
import { VALIDATION } from './http/validation.js';

/** The whole service. */
@Module({
  imports: [ProblemModule, CryptoModule, DatabaseModule, AuthModule, WeixinModule, UserDataModule],
  providers: [{ provide: APP_PIPE, useFactory: () => new ValidationPipe(VALIDATION) }],
})
export class AppModule {
  static forConfig(config: Config): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.forRoot(config)] };
  }
}
