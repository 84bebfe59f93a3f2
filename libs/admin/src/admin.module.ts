import { Module, type OnModuleInit } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { AuthModule, CleanupService } from '@app/auth';
import { DatabaseModule } from '@app/database';
import { DeletionModule } from '@app/deletion';
import { UserDataModule } from '@app/user-data';
import { UsersModule } from '@app/users';
import { WeixinModule } from '@app/weixin';
import { WeixinApiModule } from '@app/weixin-api';
import { AppsController } from './apps/apps.controller.js';
import { UserClaimsController } from './claims/user-claims.controller.js';
import { DoctorController } from './doctor/doctor.controller.js';
import { DoctorService } from './doctor/doctor.service.js';
import { EventsController } from './events/events.controller.js';
import { EventsExportController } from './events/events-export.controller.js';
import { VisibleEventsService } from './events/visible-events.service.js';
import { AdminPrincipalsService } from './guard/admin-principals.service.js';
import { AdminStrategy } from './guard/admin.strategy.js';
import { ServicePrincipalsService } from './guard/service-principals.service.js';
import { KeysController } from './keys/keys.controller.js';
import { ServiceAccounts1795564800000 } from './migrations/1795564800000-service-accounts.js';
import { Operators1795996800000 } from './migrations/1795996800000-operators.js';
import { AccountTrackerService } from './oauth/account-tracker.service.js';
import { OAuthController } from './oauth/oauth.controller.js';
import { OAuthService } from './oauth/oauth.service.js';
import { ServiceTokensService } from './oauth/service-tokens.service.js';
import { OperatorAttemptsService } from './operators/attempts/operator-attempts.service.js';
import { InvitationsService } from './operators/invitations/invitations.service.js';
import { OPERATOR_CONTROLLERS, OPERATOR_PROVIDERS, OPERATOR_TABLES } from './operators/operators.parts.js';
import { OperatorSessionsService } from './operators/sessions/operator-sessions.service.js';
import { ServiceAccountsController } from './service-accounts/service-accounts.controller.js';
import { UserSessionsController } from './sessions/user-sessions.controller.js';
import { LiveAccountsService } from './service-accounts/live-accounts.service.js';
import { ServiceAccount } from './service-accounts/service-account.entity.js';
import { ServiceAccountsService } from './service-accounts/service-accounts.service.js';
import { StatsController } from './stats/stats.controller.js';
import { StatsService } from './stats/stats.service.js';
import { RevealsController } from './users/reveals.controller.js';
import { UserDeletionController } from './users/user-deletion.controller.js';
import { UserSearchController } from './users/search.controller.js';
import { UsersController } from './users/users.controller.js';
import { VisibleUsersService } from './users/visible-users.service.js';
import { WeixinPushesController } from './weixin/weixin-pushes.controller.js';
import { WeixinTokensController } from './weixin/weixin-tokens.controller.js';

/** What the admin listener serves to other back ends and to operators. */
@Module({
  imports: [
    AuthModule,
    DeletionModule,
    UserDataModule,
    UsersModule,
    PassportModule,
    JwtModule.register({}),
    WeixinApiModule,
    WeixinModule,
    DatabaseModule.forFeature({
      entities: [ServiceAccount, ...OPERATOR_TABLES],
      migrations: [ServiceAccounts1795564800000, Operators1795996800000],
    }),
  ],
  controllers: [
    ...OPERATOR_CONTROLLERS,
    AppsController,
    DoctorController,
    EventsController,
    EventsExportController,
    KeysController,
    OAuthController,
    RevealsController,
    ServiceAccountsController,
    StatsController,
    UserClaimsController,
    UserDeletionController,
    UserSearchController,
    UserSessionsController,
    UsersController,
    WeixinPushesController,
    WeixinTokensController,
  ],
  providers: [
    ...OPERATOR_PROVIDERS,
    AccountTrackerService,
    AdminPrincipalsService,
    AdminStrategy,
    DoctorService,
    LiveAccountsService,
    OAuthService,
    ServiceAccountsService,
    ServicePrincipalsService,
    ServiceTokensService,
    StatsService,
    VisibleEventsService,
    VisibleUsersService,
  ],
})
export class AdminModule implements OnModuleInit {
  constructor(
    private readonly cleanup: CleanupService,
    private readonly attempts: OperatorAttemptsService,
    private readonly invitations: InvitationsService,
    private readonly sessions: OperatorSessionsService,
  ) {}

  onModuleInit(): void {
    this.cleanup.add(async (manager) => {
      await this.attempts.removeOld(manager);
      await this.invitations.removeExpired(manager);
      await this.sessions.removeEnded(manager);
      return false;
    });
  }
}
