export { etagOf } from './entity-tag.js';
export { storedText } from './stored-text.js';
export { UserDataModule } from './user-data.module.js';
export { UserDocument } from './user-document.entity.js';
export { UserDocumentsService } from './user-documents.service.js';
