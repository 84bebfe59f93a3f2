import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { UserDataModule } from '@app/user-data';
import { UsersModule } from '@app/users';
import { WeixinModule } from '@app/weixin';
import { WeixinApiModule } from '@app/weixin-api';
import { MergeController } from './merge/merge.controller.js';
import { MergeService } from './merge/merge.service.js';
import { PhoneController } from './phone/phone.controller.js';
import { ProfileController } from './profile/profile.controller.js';
import { Profiles } from './profile/profiles.service.js';

/** What users see and change of themselves. */
@Module({
  imports: [AuthModule, UserDataModule, UsersModule, WeixinApiModule, WeixinModule],
  controllers: [ProfileController, PhoneController, MergeController],
  providers: [MergeService, Profiles],
})
export class AccountModule {}
