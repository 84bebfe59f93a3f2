import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { UsersModule } from '@app/users';
import { Code2Session } from './login/code2session.service.js';
import { LoginController } from './login/login.controller.js';
import { LoginService } from './login/login.service.js';
import { WeixinApiModule } from '@app/weixin-api';
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

/** The login with WeChat: code to session, session_key, phone numbers. */
@Module({
  imports: [AuthModule, UsersModule, WeixinApiModule],
  controllers: [LoginController, OpenDataController],
  providers: [
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
  ],
  exports: [ContentCheck, LoginProofs, PhoneBindings],
})
export class WeixinModule {}
