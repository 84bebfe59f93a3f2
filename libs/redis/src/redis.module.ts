import { Global, Module } from '@nestjs/common';
import { RedisConnectionService } from './redis-connection.service.js';
import { RedisPubSubService } from './redis-pubsub.service.js';
import { RedisHitCounterService } from './redis-hit-counter.service.js';

/** Provides the connection to Redis, for limits and events that all instances share. Does nothing without `REDIS_URL`. */
@Global()
@Module({
  providers: [RedisConnectionService, RedisPubSubService, RedisHitCounterService],
  exports: [RedisPubSubService, RedisHitCounterService],
})
export class RedisModule {}
