export { CommitEffects, writeWithEffects } from './commit-effects.js';
export type { MergedUsers, Omitted, PersonalDataHandler } from './personal-data-handler.js';
export { PersonalDataModule } from './personal-data.module.js';
export { PersonalDataOf } from './personal-data-of.decorator.js';
export { PersonalDataService } from './personal-data.service.js';
export { renderStoredColumns } from './render-stored-columns.js';
export type { Protection, StoredColumns, TextLanguage } from './stored-columns.js';
