import { InvitationsService, SecondFactorService } from '@app/admin';
import { SigningKeyStoreService } from '@app/auth';
import { UserPhonesService, WeixinIdentitiesService } from '@app/users';
import { WebhookEndpointsService } from '@app/webhooks';
import { StoredPushesService } from '@app/weixin';
import { AccessTokenStoreService } from '@app/weixin-api';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';

/** `passport keys reseal`. */
export const reseal: CommandSpec = {
  name: 'reseal',
  summary: {
    en: 'Encrypts again, under SECRET_KEY, what a value of SECRET_KEY_FALLBACKS has encrypted',
    zh: '用 SECRET_KEY 重新加密由 SECRET_KEY_FALLBACKS 加密的数据',
  },
  examples: ['', '--json'],
  members: {
    signing_keys: { en: 'signing keys encrypted again', zh: '重新加密的签名密钥' },
    session_keys: { en: 'session_keys encrypted again', zh: '重新加密的 session_key' },
    phone_numbers: { en: 'phone numbers encrypted again', zh: '重新加密的手机号' },
    weixin_pushes: { en: 'pushes of WeChat encrypted again', zh: '重新加密的微信消息推送' },
    webhook_secrets: { en: 'secrets of webhooks encrypted again', zh: '重新加密的 webhook 密钥' },
    operator_secrets: { en: 'TOTP secrets of operators encrypted again', zh: '重新加密的操作员 TOTP 密钥' },
    access_tokens: {
      en: 'access tokens of WeChat dropped, to be fetched again',
      zh: '丢弃的微信 access_token（会重新获取）',
    },
  },
  failure: { en: 'a value cannot be decrypted', zh: '有数据无法解密' },
  run: ({ env }) =>
    inService(env, async (get) => ({
      json: {
        signing_keys: await get(SigningKeyStoreService).reseal(),
        session_keys: await get(WeixinIdentitiesService).reseal(),
        phone_numbers: await get(UserPhonesService).reseal(),
        weixin_pushes: await get(StoredPushesService).reseal(),
        webhook_secrets: await get(WebhookEndpointsService).reseal(),
        operator_secrets:
          (await get(SecondFactorService).reseal()) + (await get(InvitationsService).reseal()),
        access_tokens: await get(AccessTokenStoreService).dropOld(),
      },
    })),
};
