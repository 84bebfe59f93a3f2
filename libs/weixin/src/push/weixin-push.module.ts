import { Module, type OnModuleInit } from '@nestjs/common';
import { AuthModule, CleanupService } from '@app/auth';
import { DatabaseModule } from '@app/database';
import { DeletionModule } from '@app/deletion';
import { UsersModule } from '@app/users';
import { WeixinApiModule } from '@app/weixin-api';
import { PushEffectsService } from './effects/push-effects.service.js';
import { PushForwarderService } from './forward/push-forwarder.service.js';
import { PushForwardsService } from './forward/push-forwards.service.js';
import { StoredPushesService } from './inbox/stored-pushes.service.js';
import { removeOldPushes } from './inbox/old-pushes.js';
import { PersonHashesService } from './inbox/person-hashes.service.js';
import { WeixinPush } from './inbox/weixin-push.entity.js';
import { WeixinPushInboxService } from './inbox/weixin-push-inbox.service.js';
import { WeixinPushPersonalData } from './inbox/weixin-push.personal-data.js';
import { WeixinPushes1795910400000 } from './migrations/1795910400000-weixin-pushes.js';
import { WeixinPushController } from './weixin-push.controller.js';
import { WeixinPushesService } from './weixin-pushes.service.js';

/** What WeChat pushes (消息推送): verification, inbox, effects, forwarding. */
@Module({
  imports: [
    AuthModule,
    DatabaseModule.forFeature({ entities: [WeixinPush], migrations: [WeixinPushes1795910400000] }),
    DeletionModule,
    UsersModule,
    WeixinApiModule,
  ],
  controllers: [WeixinPushController],
  providers: [
    PersonHashesService,
    PushEffectsService,
    PushForwarderService,
    PushForwardsService,
    StoredPushesService,
    WeixinPushesService,
    WeixinPushInboxService,
    WeixinPushPersonalData,
  ],
  exports: [StoredPushesService],
})
export class WeixinPushModule implements OnModuleInit {
  constructor(private readonly cleanup: CleanupService) {}

  onModuleInit(): void {
    this.cleanup.add(removeOldPushes);
  }
}
