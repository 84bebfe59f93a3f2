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
export type { WeixinApp } from './weixin-app.js';
