import type { ModuleMetadata } from '@nestjs/common';

/** The modules of your own features. This folder is yours: no update of the service changes a file in it. */
export const FEATURES: NonNullable<ModuleMetadata['imports']> = [];
