export { ConfigError } from './config-error.js';
export { renderConfigPage } from './config-page.js';
export { ConfigModule } from './config.module.js';
export { Config, type JwtAlgorithm } from './config.js';
export { loadConfig } from './load-config.js';
export { existingSecretKey } from './secret-key.js';
export {
  isSandboxApp,
  readAppsFile,
  readServedApps,
  type ServedApps,
  servedApps,
  unreadable,
} from './served-apps.js';
export { CONSENT_KIND, CONSENT_VERSION, isDatabaseUrl, type RequiredConsent } from './validators.js';
export type { WeixinApp, WeixinPushKeys } from './weixin-app.js';
