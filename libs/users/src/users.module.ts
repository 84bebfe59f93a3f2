import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { User } from './user.entity.js';
import { UserMerge } from './user-merge.service.js';
import { Users } from './users.service.js';
import { WeixinIdentities } from './weixin-identities.service.js';
import { UserPhone } from './user-phone.entity.js';
import { WeixinIdentity } from './weixin-identity.entity.js';
import { WeixinUnion } from './weixin-union.entity.js';

/** Who: users and the WeChat identities that lead to them. */
@Module({
  imports: [TypeOrmModule.forFeature([User, UserPhone, WeixinIdentity, WeixinUnion])],
  providers: [UserMerge, Users, WeixinIdentities],
  exports: [UserMerge, Users, WeixinIdentities],
})
export class UsersModule {}
