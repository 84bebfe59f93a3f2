import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { DatabaseModule } from '@app/database';
import { User, UsersModule } from '@app/users';
import { Sweeper } from './sessions/cleanup/sweeper.service.js';
import { EarlyRefusal } from './guard/early-refusal.service.js';
import { JwtAuthGuard } from './guard/jwt-auth.guard.js';
import { JwtStrategy } from './guard/jwt.strategy.js';
import { JwksController } from './keys/jwks.controller.js';
import { KeyStore } from './keys/key-store.service.js';
import { ServerMetadataController } from './keys/server-metadata.controller.js';
import { SigningKey } from './keys/signing-key.entity.js';
import { SigningKeys } from './keys/signing-keys.service.js';
import { SessionParent1795392000000 } from './migrations/1795392000000-session-parent.js';
import { Revocations } from './sessions/revocation/revocations.service.js';
import { SessionRotation } from './sessions/rotation.service.js';
import { SessionIdentities } from './sessions/session-identities.service.js';
import { SessionOpener } from './sessions/session-opener.service.js';
import { Session } from './sessions/session.entity.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';
import { AccessTokens } from './tokens/access-tokens.service.js';
import { RefreshService } from './sessions/refresh.service.js';
import { RefreshSessionTracker } from './sessions/refresh-session-tracker.service.js';
import { RefreshTokens } from './tokens/refresh-tokens.service.js';
import { TokenIssuer } from './tokens/token-issuer.service.js';
import { TokensController } from './sessions/tokens.controller.js';

/** Signs tokens, keeps sessions, and guards every route that is not `@Public()`. */
@Module({
  imports: [
    UsersModule,
    PassportModule,
    JwtModule.register({}),
    DatabaseModule.forFeature({
      entities: [Session, SigningKey, User],
      migrations: [SessionParent1795392000000],
    }),
  ],
  controllers: [JwksController, ServerMetadataController, SessionsController, TokensController],
  providers: [
    AccessTokens,
    EarlyRefusal,
    JwtStrategy,
    KeyStore,
    RefreshService,
    RefreshSessionTracker,
    RefreshTokens,
    Revocations,
    SessionIdentities,
    SessionOpener,
    SessionRotation,
    Sessions,
    SigningKeys,
    Sweeper,
    TokenIssuer,
    { provide: APP_GUARD, useClass: JwtAuthGuard },
  ],
  exports: [EarlyRefusal, KeyStore, SessionIdentities, SessionOpener, Sessions, TokenIssuer],
})
export class AuthModule {}
