export { explainErrcode } from './errcodes/weixin-errcodes.js';
export { renderErrcodes } from './errcodes/errcodes-page.js';
export { StableToken } from './access-token/stable-token.service.js';
export { AccessTokenRows } from './access-token/access-token-rows.service.js';
export { LoginProofs } from './login/login-proofs.service.js';
export { WeixinModule } from './weixin.module.js';
export { WeixinRefusal } from './api/weixin-problems.js';
