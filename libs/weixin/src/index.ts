export { ContentCheck } from './content-check/content-check.service.js';
export { LoginProofs } from './login/login-proofs.service.js';
export { LOGINS, type ObservedLogin } from './login/logins.js';
export { PhoneBindings } from './phone-number/phone-bindings.service.js';
export type { PhoneProof } from './phone-number/phone-numbers.service.js';
export { IsEncryptedData, IsIv } from './session-key/open-data-form.js';
export { SessionKeys, type SessionKeyState } from './session-key/session-keys.service.js';
export { WeixinModule } from './weixin.module.js';
