/** The members of `window` in app.json and of a page's json that the phone draws. */
export interface WindowJson {
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: 'black' | 'white';
  navigationStyle?: 'default' | 'custom';
  backgroundColor?: string;
  enablePullDownRefresh?: boolean;
}

/** `tabBar` of app.json. The build has put the pictures themselves in the place of their paths. */
export interface TabBarJson {
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  list: readonly { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[];
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html */
export interface AppJson {
  pages: readonly string[];
  window?: WindowJson;
  tabBar?: TabBarJson;
  darkmode?: boolean;
  usingComponents?: Record<string, string>;
  __usePrivacyCheck__?: boolean;
}

/** The json of a page or of a component. */
export interface PartJson extends WindowJson {
  component?: boolean;
  usingComponents?: Record<string, string>;
}

/** theme.json: what `@name` in app.json stands for. */
export interface Theme {
  light?: Record<string, string>;
  dark?: Record<string, string>;
}
