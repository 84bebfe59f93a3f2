import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import type { Redis } from 'ioredis';

/** A reachable server accepts a connection within this time. */
const CONNECT_WITHIN_MS = 1000;
const RECONNECT_EVERY_MS = 1000;
const KEEP_ALIVE_MS = 30_000;

/**
 * Counts a hit in a fixed window. The first hit opens the window. If more than a whole window is left, the clock of Redis
 * was set back: the script opens a new window, so that no caller stays locked out.
 */
const COUNT_HIT = `
local window = tonumber(ARGV[1])
local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > window then
  redis.call('SET', KEYS[1], 1, 'PX', window)
  return {1, window}
end
return {hits, left}`;

/** Reads a window without counting a hit. */
const READ_WINDOW = `
local window = tonumber(ARGV[1])
local hits = tonumber(redis.call('GET', KEYS[1]) or 0)
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > window then
  return {0, 0}
end
return {hits, left}`;

/** A connection with the two commands that the scripts above define. */
export interface RedisClient extends Redis {
  /** @returns the hits in the window with this one, and the milliseconds until it ends */
  hit(key: string, windowMs: number): Promise<[hits: number, leftMs: number]>;
  /** @returns the hits in the window, 0 if none is open, and the milliseconds until it ends */
  peek(key: string, windowMs: number): Promise<[hits: number, leftMs: number]>;
}

/**
 * Returns a client of the Redis at `url`. `connect()` opens the connection; the client reconnects whenever it is lost.
 * Commands are not queued: without a connection they fail immediately.
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
    scripts: { hit: { lua: COUNT_HIT, numberOfKeys: 1 }, peek: { lua: READ_WINDOW, numberOfKeys: 1 } },
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    // The connection service probes with a command of its own.
    enableReadyCheck: false,
    connectTimeout: CONNECT_WITHIN_MS,
    disconnectTimeout: CONNECT_WITHIN_MS,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: () => RECONNECT_EVERY_MS,
  }) as RedisClient;
}
