import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import type { Redis } from 'ioredis';

/** A server that is there accepts a connection sooner. */
const CONNECT_WITHIN_MS = 1000;
const RECONNECT_EVERY_MS = 1000;
const KEEP_ALIVE_MS = 30_000;

/**
 * A hit in a fixed window: the first opens it. More than a whole window is left only where the clock of Redis was set back:
 * that must not lock anyone out.
 */
const HIT = `
local window = tonumber(ARGV[1])
local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > window then
  redis.call('SET', KEYS[1], 1, 'PX', window)
  return {1, window}
end
return {hits, left}`;

/** A window as it is. */
const PEEK = `
local window = tonumber(ARGV[1])
local hits = tonumber(redis.call('GET', KEYS[1]) or 0)
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > window then
  return {0, 0}
end
return {hits, left}`;

/** A connection with two commands of our own. */
export interface RedisClient extends Redis {
  /** @returns the hits in the window with this one, and the milliseconds until it ends */
  hit(key: string, windowMs: number): Promise<[hits: number, leftMs: number]>;
  /** @returns the hits in the window, 0 if none is open, and the milliseconds until it ends */
  peek(key: string, windowMs: number): Promise<[hits: number, leftMs: number]>;
}

/**
 * A connection to the Redis of a `REDIS_URL`, made by `connect()` and then again and again when it is lost. A command is never
 * kept for later: without a connection it fails at once.
 */
export function createClient(url: string): RedisClient {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  // An IPv6 address has brackets in a URL only.
  const host = hostname.replace(/^\[|\]$/g, '');
  // Loaded here: most services have no Redis.
  const { Redis } = createRequire(import.meta.url)('ioredis') as typeof import('ioredis');
  return new Redis({
    host,
    port: Number(port || 6379),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1)),
    // An address is no server name (RFC 6066 section 3).
    ...(protocol === 'rediss:' && { tls: isIP(host) === 0 ? { servername: host } : {} }),
    scripts: { hit: { lua: HIT, numberOfKeys: 1 }, peek: { lua: PEEK, numberOfKeys: 1 } },
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    // Whether it can do its work is asked of it anyway, by a command that matters.
    enableReadyCheck: false,
    connectTimeout: CONNECT_WITHIN_MS,
    disconnectTimeout: CONNECT_WITHIN_MS,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: () => RECONNECT_EVERY_MS,
  }) as RedisClient;
}
