import { Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { UserDataController } from './user-data.controller.js';
import { UserDocument } from './user-document.entity.js';
import { UserDocuments } from './user-documents.service.js';

/** What users keep here, readable with an access token only. */
@Module({
  imports: [DatabaseModule.forFeature({ entities: [UserDocument] })],
  controllers: [UserDataController],
  providers: [UserDocuments],
  exports: [UserDocuments],
})
export class UserDataModule {}
