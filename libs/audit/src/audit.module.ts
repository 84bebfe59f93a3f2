import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { AuditLogService } from './audit-log.service.js';
import { AuthEvent } from './auth-event.entity.js';
import { AuthEventPersonalData } from './auth-event.personal-data.js';
import { HourlyCount } from './counts/hourly-count.entity.js';
import { HourlyCountsService } from './counts/hourly-counts.service.js';
import { EventActor1795651202000 } from './migrations/1795651202000-event-actor.js';
import { HourlyCounts1795910401000 } from './migrations/1795910401000-hourly-counts.js';
import { AuthEventsService } from './auth-events.service.js';

/** The audit log and its counts: the tables `auth_events` and `hourly_counts`. Global, because every feature records events. */
@Global()
@Module({
  imports: [
    DatabaseModule.forFeature({
      entities: [AuthEvent, HourlyCount],
      migrations: [EventActor1795651202000, HourlyCounts1795910401000],
    }),
  ],
  providers: [AuditLogService, AuthEventPersonalData, AuthEventsService, HourlyCountsService],
  exports: [AuditLogService, AuthEventsService, HourlyCountsService],
})
export class AuditModule {}
