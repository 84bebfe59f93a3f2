import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { Config } from '@app/config';
import { UsersModule } from '@app/users';
import { Code2Session } from './code2session.service.js';
import { LoginController } from './login.controller.js';
import { LoginService } from './login.service.js';
import { WeixinApi } from './weixin-api.service.js';
import { WeixinApps } from './weixin-apps.service.js';
import { weixinTransport } from './weixin-transport.js';

/** WeChat as a client of its API sees it, and the login that rests on it. */
@Module({
  imports: [
    AuthModule,
    UsersModule,
    HttpModule.registerAsync({
      inject: [Config],
      useFactory: ({ weixinTimeoutMs }: Config) => ({
        adapter: weixinTransport(),
        timeout: weixinTimeoutMs,
        maxContentLength: 64 * 1024,
        responseType: 'text',
        transformResponse: (data: string) => data,
        validateStatus: () => true,
      }),
    }),
  ],
  controllers: [LoginController],
  providers: [Code2Session, LoginService, WeixinApi, WeixinApps],
})
export class WeixinModule {}
