import type { WeixinApp } from './weixin-app.js';

/** The two apps of the imitation of WeChat in `apps/sandbox`. Their secrets are public. */
export const SANDBOX_APPS: readonly WeixinApp[] = [
  {
    appid: 'wxsandbox000000001',
    secret: 'sandbox-secret',
    push: {
      token: 'sandboxPushToken',
      encodingAesKey: 'sandboxEncodingAESKeyOfTheFirstMiniProgramA',
    },
  },
  {
    appid: 'wxsandbox000000002',
    secret: 'sandbox-secret-2',
    push: {
      token: 'sandboxPushToken2',
      encodingAesKey: 'sandboxEncodingAESKeyOfTheOtherMiniProgramB',
    },
  },
];
