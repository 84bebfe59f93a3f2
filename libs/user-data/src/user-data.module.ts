import { Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { UserDataController } from './user-data.controller.js';
import { UserDocument } from './user-document.entity.js';
import { UserDocumentPersonalData } from './user-document.personal-data.js';
import { UserDocumentsService } from './user-documents.service.js';

/** The documents of users, readable with an access token only. */
@Module({
  imports: [DatabaseModule.forFeature({ entities: [UserDocument] })],
  controllers: [UserDataController],
  providers: [UserDocumentPersonalData, UserDocumentsService],
  exports: [UserDocumentsService],
})
export class UserDataModule {}
