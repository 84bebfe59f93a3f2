import { Module } from '@nestjs/common';
import { DatabaseModule } from '@app/database';
import { UserConsent } from './consents/user-consent.entity.js';
import { UserConsentPersonalData } from './consents/user-consent.personal-data.js';
import { ConsentsService } from './consents/consents.service.js';
import { CustomClaimsService } from './custom-claims/custom-claims.service.js';
import { DeletedUser } from './deleted-user.entity.js';
import { DeletedUserPersonalData } from './deleted-user.personal-data.js';
import { CustomClaims1795478400000 } from './migrations/1795478400000-custom-claims.js';
import { DirectoryPagesService } from './directory/directory-pages.service.js';
import { UserDirectoryService } from './directory/user-directory.service.js';
import { UserDirectory1795651201000 } from './migrations/1795651201000-user-directory.js';
import { Consents1795824000000 } from './migrations/1795824000000-consents.js';
import { Deletions1795737600000 } from './migrations/1795737600000-deletions.js';
import { PhoneHashesService } from './phone-numbers/phone-hashes.service.js';
import { PhoneQuotaService } from './phone-numbers/phone-quota.service.js';
import { User } from './user.entity.js';
import { UserPersonalData } from './user.personal-data.js';
import { UserMergeService } from './user-merge.service.js';
import { UserPhone } from './phone-numbers/user-phone.entity.js';
import { UserPhonePersonalData } from './phone-numbers/user-phone.personal-data.js';
import { UserPhonesService } from './phone-numbers/user-phones.service.js';
import { UsersService } from './users.service.js';
import { WeixinIdentitiesService } from './weixin-identities.service.js';
import { WeixinIdentityPersonalData } from './weixin-identity.personal-data.js';
import { WeixinIdentity } from './weixin-identity.entity.js';
import { WeixinUnionPersonalData } from './weixin-union.personal-data.js';
import { WeixinUnion } from './weixin-union.entity.js';

/** Users, their phone numbers and their WeChat identities. */
@Module({
  imports: [
    DatabaseModule.forFeature({
      entities: [UserConsent, DeletedUser, User, UserPhone, WeixinIdentity, WeixinUnion],
      migrations: [
        CustomClaims1795478400000,
        UserDirectory1795651201000,
        Deletions1795737600000,
        Consents1795824000000,
      ],
    }),
  ],
  providers: [
    UserConsentPersonalData,
    ConsentsService,
    CustomClaimsService,
    DeletedUserPersonalData,
    DirectoryPagesService,
    PhoneHashesService,
    PhoneQuotaService,
    UserDirectoryService,
    UserMergeService,
    UserPersonalData,
    UserPhonePersonalData,
    UserPhonesService,
    UsersService,
    WeixinIdentitiesService,
    WeixinIdentityPersonalData,
    WeixinUnionPersonalData,
  ],
  exports: [
    ConsentsService,
    CustomClaimsService,
    PhoneQuotaService,
    UserDirectoryService,
    UserMergeService,
    UserPhonesService,
    UsersService,
    WeixinIdentitiesService,
  ],
})
export class UsersModule {}
