export { checkRedis } from './check-redis.js';
export { RedisPubSubService } from './redis-pubsub.service.js';
export { RedisHitCounterService } from './redis-hit-counter.service.js';
export { RedisModule } from './redis.module.js';
