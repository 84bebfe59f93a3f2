import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthEvent } from './auth-event.entity.js';
import { AuthEvents } from './auth-events.service.js';

/** The audit log: the table `auth_events`. Global, because every feature records events. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuthEvent])],
  providers: [AuthEvents],
  exports: [AuthEvents],
})
export class AuditModule {}
