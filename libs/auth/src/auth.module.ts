import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JwksController } from './jwks.controller.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { Session } from './session.entity.js';
import { Sessions } from './sessions.service.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeys } from './signing-keys.service.js';
import { TokenIssuer } from './token-issuer.service.js';

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
