/** A mini-program this service logs users in for: its AppID and AppSecret from the WeChat console. */
export interface WeixinApp {
  readonly appid: string;
  readonly secret: string;
  /** What the operator calls it. */
  readonly name?: string;
  /** Logins through it in a minute; 0 for no limit, undefined for the limit of all apps. */
  readonly loginPerMinute?: number;
}
