import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ShutdownModule } from '../shutdown/shutdown.module.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.service.js';

/** Alive and ready: two questions that orchestrators ask. */
@Module({
  // Its logger would write an error for each probe that fails.
  imports: [TerminusModule.forRoot({ logger: false }), ShutdownModule],
  controllers: [HealthController],
  providers: [Readiness],
})
export class HealthModule {}
