export { etagOf } from './if-match.js';
export { UserDocument } from './user-document.entity.js';
export { UserDataModule } from './user-data.module.js';
export { UserDocuments } from './user-documents.service.js';
