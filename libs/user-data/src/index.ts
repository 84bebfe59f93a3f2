export { etagOf } from './if-match.js';
export { UserDataModule } from './user-data.module.js';
export { UserDocuments } from './user-documents.service.js';
