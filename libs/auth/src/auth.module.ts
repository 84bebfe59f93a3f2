import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JwksController } from './keys/jwks.controller.js';
import { JwtAuthGuard } from './guard/jwt-auth.guard.js';
import { JwtStrategy } from './guard/jwt.strategy.js';
import { Session } from './sessions/session.entity.js';
import { Sessions } from './sessions/sessions.service.js';
import { SigningKey } from './keys/signing-key.entity.js';
import { SigningKeys } from './keys/signing-keys.service.js';
import { TokenIssuer } from './tokens/token-issuer.service.js';

/** Signs tokens, keeps sessions, and guards every route that is not `@Public()`. */
@Module({
  imports: [PassportModule, JwtModule.register({}), TypeOrmModule.forFeature([Session, SigningKey])],
  controllers: [JwksController],
  providers: [
    Sessions,
    SigningKeys,
    TokenIssuer,
    JwtStrategy,
    { provide: APP_GUARD, useClass: JwtAuthGuard },
  ],
  exports: [Sessions, TokenIssuer],
})
export class AuthModule {}
