import { Global, Module } from '@nestjs/common';
import { RedisConnectionService } from './redis-connection.service.js';
import { RedisPubSubService } from './redis-pubsub.service.js';
import { RedisHitCounterService } from './redis-hit-counter.service.js';

/** What instances share beside the database, where there is a `REDIS_URL`. */
@Global()
@Module({
  providers: [RedisConnectionService, RedisPubSubService, RedisHitCounterService],
  exports: [RedisPubSubService, RedisHitCounterService],
})
export class RedisModule {}
