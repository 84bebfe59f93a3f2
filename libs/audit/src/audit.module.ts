import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';
import { AuthEvents } from './auth-events.service.js';

/** The audit log: the table `auth_events`. Global, because every feature records events. */
@Global()
@Module({
  imports: [DatabaseModule.forFeature({ entities: [AuthEvent] })],
  providers: [AuthEvents],
  exports: [AuthEvents],
})
export class AuditModule {}
