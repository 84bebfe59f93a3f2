import { Module } from '@nestjs/common';
import { ShutdownService } from './shutdown.service.js';

/** Provides the state of the shutdown. */
@Module({ providers: [ShutdownService], exports: [ShutdownService] })
export class ShutdownModule {}
