/** What the owner of a mini-program sets at WeChat for its message push. */
export interface PushKeys {
  readonly pushToken: string;
  readonly encodingAesKey: string;
}

/** A mini-program as WeChat knows it. */
export interface WeixinApp extends PushKeys {
  secret: string;
  /** Apps of one Open Platform account see the same unionid for the same person. */
  openPlatformAccount: string;
}

/** The app that the developer's routes take when none is named. */
export const DEFAULT_APPID = 'wxsandbox000000001';

/** Every app that the sandbox knows, by appid. Add one here and it exists everywhere. */
export const WEIXIN_APPS: ReadonlyMap<string, WeixinApp> = new Map([
  [
    DEFAULT_APPID,
    {
      secret: 'sandbox-secret',
      openPlatformAccount: 'sandbox',
      pushToken: 'sandboxPushToken',
      encodingAesKey: 'sandboxEncodingAESKeyOfTheFirstMiniProgramA',
    },
  ],
  [
    'wxsandbox000000002',
    {
      secret: 'sandbox-secret-2',
      openPlatformAccount: 'sandbox',
      pushToken: 'sandboxPushToken2',
      encodingAesKey: 'sandboxEncodingAESKeyOfTheOtherMiniProgramB',
    },
  ],
]);
