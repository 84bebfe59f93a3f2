import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { DeletionModule } from '@app/deletion';
import { UsersModule } from '@app/users';
import { Code2SessionService } from './login/code2session.service.js';
import { LoginController } from './login/login.controller.js';
import { LoginAttemptService } from './login/login-attempt.service.js';
import { LoginService } from './login/login.service.js';
import { WeixinApiModule } from '@app/weixin-api';
import { WeixinPushModule } from './push/weixin-push.module.js';
import { CloudRunService } from './cloud-run/cloud-run.service.js';
import { LoginProofsService } from './login/login-proofs.service.js';
import { ContentCheckService } from './content-check/content-check.service.js';
import { OpenDataController } from './open-data/open-data.controller.js';
import { PhoneBindingsService } from './phone-number/phone-bindings.service.js';
import { PhoneNumbersService } from './phone-number/phone-numbers.service.js';
import { RiskRankService } from './risk-rank/risk-rank.service.js';
import { SessionKeysService } from './session-key/session-keys.service.js';
import { SessionKeyVaultService } from './session-key/session-key-vault.service.js';

/** Login with WeChat: code to session, session_key, phone numbers. */
@Module({
  imports: [AuthModule, DeletionModule, UsersModule, WeixinApiModule, WeixinPushModule],
  controllers: [LoginController, OpenDataController],
  providers: [
    CloudRunService,
    Code2SessionService,
    ContentCheckService,
    LoginAttemptService,
    LoginProofsService,
    LoginService,
    PhoneBindingsService,
    PhoneNumbersService,
    RiskRankService,
    SessionKeysService,
    SessionKeyVaultService,
  ],
  exports: [CloudRunService, ContentCheckService, LoginProofsService, PhoneBindingsService, WeixinPushModule],
})
export class WeixinModule {}
