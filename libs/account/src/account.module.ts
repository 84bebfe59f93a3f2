import { Module } from '@nestjs/common';
import { UsersModule } from '@app/users';
import { ProfileController } from './profile/profile.controller.js';
import { Profiles } from './profile/profiles.service.js';

/** What users see and change of themselves. */
@Module({
  imports: [UsersModule],
  controllers: [ProfileController],
  providers: [Profiles],
})
export class AccountModule {}
