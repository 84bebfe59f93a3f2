/** A mini-program of this service, with its AppID and AppSecret from the WeChat console. */
export interface WeixinApp {
  readonly appid: string;
  readonly secret: string;
  /** The operator's name of the app. */
  readonly name?: string;
  /** The maximum of logins per minute; 0 for no limit, undefined for the limit of all apps. */
  readonly loginPerMinute?: number;
  /** Undefined: the service takes no pushes of WeChat for this app. */
  readonly push?: WeixinPushKeys;
}

/** The secrets of an app's message push (消息推送) in the WeChat console. */
export interface WeixinPushKeys {
  /** Signs pushes: 3 to 32 letters and digits. */
  readonly token: string;
  /** Encrypts pushes: 43 letters and digits, base64 of 32 bytes without its last `=`. */
  readonly encodingAesKey: string;
}

export const PUSH_TOKEN = /^[A-Za-z0-9]{3,32}$/;
export const ENCODING_AES_KEY = /^[A-Za-z0-9]{43}$/;
