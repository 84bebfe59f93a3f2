import { randomBytes } from 'node:crypto';

/** The mini-program that everybody logs in through. */
export const APPID = 'wxbench00000000001';

/**
 * What all instances of one service share. Nothing of the caller's environment but what Windows cannot start without: it
 * would change what is measured.
 * @param {string} databaseUrl
 * @param {number} wechatPort
 * @returns {Record<string, string | undefined>}
 */
export function settingsOf(databaseUrl, wechatPort) {
  return {
    SystemRoot: process.env.SystemRoot,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    // Every phone has an address of its own, as behind a reverse proxy; no limit by address is ever reached.
    TRUST_PROXY_HOPS: '1',
    SECRET_KEY: randomBytes(48).toString('base64'),
    JWT_ISSUER: 'https://bench.invalid',
    // Tokens outlive the longest run.
    ACCESS_TOKEN_TTL_SECONDS: '3600',
    WEIXIN_APPS: `${APPID}:bench-app-key`,
    WEIXIN_API_BASE_URL: `http://127.0.0.1:${wechatPort}`,
    WEIXIN_ALLOW_HTTP: 'true',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
  };
}
