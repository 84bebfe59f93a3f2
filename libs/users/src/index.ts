export { UserConsent } from './consents/user-consent.entity.js';
export { type ConsentGiver, ConsentsService, type GivenConsent } from './consents/consents.service.js';
export { type CustomClaims, parseCustomClaims } from './custom-claims/custom-claims.js';
export { CustomClaimsService } from './custom-claims/custom-claims.service.js';
export { disabledSince, disabledSinceSql } from './disabled.js';
export {
  type ListedUser,
  type Page,
  UserDirectoryService,
  type UserKey,
} from './directory/user-directory.service.js';
export { DeletedUser } from './deleted-user.entity.js';
export { lockLiveUser, lockPerson } from './lock-live-user.js';
export { ownerOf } from './owner-of.js';
export { PhoneQuotaService } from './phone-numbers/phone-quota.service.js';
export { UserPhone } from './phone-numbers/user-phone.entity.js';
export { UserPhonesService } from './phone-numbers/user-phones.service.js';
export type { PendingDeletion } from './owner-state.js';
export { sessionKeyColumn } from './session-key-column.js';
export { type MergeInput, UserMergeService } from './user-merge.service.js';
export { updateInBatches } from './update-in-batches.js';
export { type DeletionBy, User } from './user.entity.js';
export { UsersModule } from './users.module.js';
export { type Profile, UsersService } from './users.service.js';
export {
  loginLockKey,
  type SignedInIdentity,
  type WeixinExchange,
  WeixinIdentitiesService,
} from './weixin-identities.service.js';
export { WeixinIdentity } from './weixin-identity.entity.js';
export { WeixinUnion } from './weixin-union.entity.js';
