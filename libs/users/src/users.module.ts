import { Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { PhoneHashes } from './phone-numbers/phone-hashes.service.js';
import { PhoneQuota } from './phone-numbers/phone-quota.service.js';
import { User } from './user.entity.js';
import { UserMerge } from './user-merge.service.js';
import { UserPhone } from './phone-numbers/user-phone.entity.js';
import { UserPhones } from './phone-numbers/user-phones.service.js';
import { Users } from './users.service.js';
import { WeixinIdentities } from './weixin-identities.service.js';
import { WeixinIdentity } from './weixin-identity.entity.js';
import { WeixinUnion } from './weixin-union.entity.js';

/** Who: users, their phone numbers, and the WeChat identities that lead to them. */
@Module({
  imports: [DatabaseModule.forFeature({ entities: [User, UserPhone, WeixinIdentity, WeixinUnion] })],
  providers: [PhoneHashes, PhoneQuota, UserMerge, UserPhones, Users, WeixinIdentities],
  exports: [PhoneQuota, UserMerge, UserPhones, Users, WeixinIdentities],
})
export class UsersModule {}
