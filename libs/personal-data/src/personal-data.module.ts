import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { PersonalDataService } from './personal-data.service.js';

/** Provides the registry of the handlers that merge, export and erase rows of users. Global, because all modules add handlers. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [PersonalDataService], exports: [PersonalDataService] })
export class PersonalDataModule {}
