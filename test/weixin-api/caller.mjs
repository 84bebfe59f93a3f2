// Another instance of the service, a process of its own, that makes one authorised call and prints how it ended.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

/** @param {string} path */
const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { AppModule } = await built('apps/api/src/app.module.js');
const { loadConfig } = await built('libs/config/src/index.js');
const { AuthorizedApiService } = await built('libs/weixin-api/src/index.js');

const [path] = process.argv.slice(2);
const config = loadConfig(process.env);
const app = await NestFactory.createApplicationContext(AppModule.forConfig(config), { logger: false });
const [weixinApp] = config.WEIXIN_APPS;
console.log('calling');
try {
  await app
    .get(AuthorizedApiService, { strict: false })
    .call(weixinApp, { method: 'POST', path, body: { code: 'none' } });
  console.log('ended 200 success');
} catch (error) {
  const { status, code } = /** @type {import('../../libs/problem/src/index.js').Problem} */ (error);
  console.log(`ended ${status} ${code}`);
}
await app.close();
