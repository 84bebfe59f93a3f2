import { Global, Module } from '@nestjs/common';
import { RedisLink } from './redis-link.service.js';
import { RedisNews } from './redis-news.service.js';
import { RedisWindows } from './redis-windows.service.js';

/** What instances share beside the database, where there is a `REDIS_URL`. */
@Global()
@Module({ providers: [RedisLink, RedisNews, RedisWindows], exports: [RedisNews, RedisWindows] })
export class RedisModule {}
