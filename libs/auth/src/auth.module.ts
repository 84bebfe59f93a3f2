import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { DatabaseModule } from '@app/database';
import { User, UsersModule } from '@app/users';
import { CleanupService } from './sessions/cleanup/cleanup.service.js';
import { EarlyTokenCheckService } from './guard/early-token-check.service.js';
import { JwtAuthGuard } from './guard/jwt-auth.guard.js';
import { JwtStrategy } from './guard/jwt.strategy.js';
import { JwksController } from './keys/jwks.controller.js';
import { SigningKeyStoreService } from './keys/signing-key-store.service.js';
import { ServerMetadataController } from './keys/server-metadata.controller.js';
import { SigningKey } from './keys/signing-key.entity.js';
import { SigningKeysService } from './keys/signing-keys.service.js';
import { SessionParent1795392000000 } from './migrations/1795392000000-session-parent.js';
import { SessionDay1795910402000 } from './migrations/1795910402000-session-day.js';
import { RouteKindsService } from './route-kinds.service.js';
import { ActiveUsersService } from './sessions/active-users.service.js';
import { RevocationsService } from './sessions/revocation/revocations.service.js';
import { SessionRotationService } from './sessions/session-rotation.service.js';
import { SessionOpenerService } from './sessions/session-opener.service.js';
import { SessionPersonalData } from './sessions/session.personal-data.js';
import { Session } from './sessions/session.entity.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { AccessTokensService } from './tokens/access-tokens.service.js';
import { LiveTokensService } from './guard/live-tokens.service.js';
import { RefreshService } from './sessions/refresh.service.js';
import { RefreshSessionTrackerService } from './sessions/refresh-session-tracker.service.js';
import { RefreshTokensService } from './tokens/refresh-tokens.service.js';
import { TokenIssuerService } from './tokens/token-issuer.service.js';
import { TokensController } from './sessions/tokens.controller.js';

/** Signs tokens, stores sessions, and guards every route of users. */
@Module({
  imports: [
    UsersModule,
    PassportModule,
    JwtModule.register({}),
    DatabaseModule.forFeature({
      entities: [Session, SigningKey, User],
      migrations: [SessionParent1795392000000, SessionDay1795910402000],
    }),
  ],
  controllers: [JwksController, ServerMetadataController, SessionsController, TokensController],
  providers: [
    AccessTokensService,
    ActiveUsersService,
    EarlyTokenCheckService,
    JwtStrategy,
    LiveTokensService,
    SigningKeyStoreService,
    RefreshService,
    RefreshSessionTrackerService,
    RefreshTokensService,
    RevocationsService,
    RouteKindsService,
    SessionOpenerService,
    SessionPersonalData,
    SessionRotationService,
    SessionsService,
    SigningKeysService,
    CleanupService,
    TokenIssuerService,
    { provide: APP_GUARD, useClass: JwtAuthGuard },
  ],
  exports: [
    ActiveUsersService,
    CleanupService,
    EarlyTokenCheckService,
    LiveTokensService,
    RouteKindsService,
    SigningKeyStoreService,
    SessionOpenerService,
    SessionsService,
    TokenIssuerService,
  ],
})
export class AuthModule {}
