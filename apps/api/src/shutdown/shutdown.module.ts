import { Module } from '@nestjs/common';
import { Shutdown } from './shutdown.service.js';

/** How the process ends. */
@Module({ providers: [Shutdown], exports: [Shutdown] })
export class ShutdownModule {}
