import { Module } from '@nestjs/common';
import { AuthModule } from '@app/auth';
import { DeletionModule } from '@app/deletion';
import { UserDataModule } from '@app/user-data';
import { UsersModule } from '@app/users';
import { WeixinModule } from '@app/weixin';
import { WeixinApiModule } from '@app/weixin-api';
import { ConsentsController } from './consents/consents.controller.js';
import { OwnConsentsService } from './consents/own-consents.service.js';
import { DeletionController } from './deletion/deletion.controller.js';
import { OwnDeletionService } from './deletion/own-deletion.service.js';
import { ExportController } from './export/export.controller.js';
import { ExportsService } from './export/exports.service.js';
import { MergeController } from './merge/merge.controller.js';
import { MergeService } from './merge/merge.service.js';
import { PhoneController } from './phone/phone.controller.js';
import { ProfileController } from './profile/profile.controller.js';
import { ProfilesService } from './profile/profiles.service.js';
import { ReauthenticationService } from './reauthentication/reauthentication.service.js';

/** The routes by which users read and change their own account. */
@Module({
  imports: [AuthModule, DeletionModule, UserDataModule, UsersModule, WeixinApiModule, WeixinModule],
  controllers: [
    ProfileController,
    PhoneController,
    MergeController,
    ExportController,
    DeletionController,
    ConsentsController,
  ],
  providers: [
    ExportsService,
    MergeService,
    OwnConsentsService,
    OwnDeletionService,
    ProfilesService,
    ReauthenticationService,
  ],
})
export class AccountModule {}
