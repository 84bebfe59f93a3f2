export { WeixinModule } from './weixin.module.js';
