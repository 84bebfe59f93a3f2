export { examineRedis } from './examine-redis.js';
export { RedisNews } from './redis-news.service.js';
export { RedisWindows } from './redis-windows.service.js';
export { RedisModule } from './redis.module.js';
