import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { UsersModule } from '@app/users';
import { Code2Session } from './code2session.service.js';
import { LoginController } from './login.controller.js';
import { LoginService } from './login.service.js';
import { WeixinApi } from './weixin-api.service.js';
import { WeixinApps } from './weixin-apps.service.js';

/** Idle connections are closed before WeChat closes them, so that no code is sent into a dying one. */
const AGENT_OPTIONS = { keepAlive: true, timeout: 15_000 };

/** WeChat as a client of its API sees it, and the login that rests on it. */
@Module({
  imports: [
    AuthModule,
    UsersModule,
    HttpModule.register({
      httpAgent: new HttpAgent(AGENT_OPTIONS),
      httpsAgent: new HttpsAgent(AGENT_OPTIONS),
      // The environment is read in one place; a proxy variable must not reroute the AppSecret.
      proxy: false,
      maxRedirects: 0,
      maxContentLength: 64 * 1024,
      decompress: false,
      headers: { 'Accept-Encoding': 'identity' },
      responseType: 'text',
      transformResponse: (data: string) => data,
      validateStatus: () => true,
    }),
  ],
  controllers: [LoginController],
  providers: [Code2Session, LoginService, WeixinApi, WeixinApps],
})
export class WeixinModule {}
