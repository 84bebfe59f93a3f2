export { User } from './user.entity.js';
export { UserMerge } from './user-merge.service.js';
export { type Profile, Users } from './users.service.js';
export { UserPhone } from './user-phone.entity.js';
export { UsersModule } from './users.module.js';
export { WeixinIdentities, type WeixinExchange } from './weixin-identities.service.js';
export { WeixinIdentity } from './weixin-identity.entity.js';
export { WeixinUnion } from './weixin-union.entity.js';
