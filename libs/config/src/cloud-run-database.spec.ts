import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET_KEY: randomBytes(48).toString('base64'),
  WEIXIN_APPS: 'wxaaaaaaaaaaaaaaaa:secret-a',
  JWT_ISSUER: 'https://login.example.com/',
};

describe('loadConfig', () => {
  it('takes the MySQL of WeChat Cloud Run there, with any password, unless DATABASE_URL is set', () => {
    const mysql = { MYSQL_ADDRESS: '10.0.0.7:3306', MYSQL_USERNAME: 'root', MYSQL_PASSWORD: 'p@ss/#:%' };
    const cloudRun = { ...PRODUCTION, ...mysql, WEIXIN_CLOUD_RUN: 'true' };
    const url = loadConfig(cloudRun).DATABASE_URL;
    expect(new URL(url)).toMatchObject({ host: '10.0.0.7:3306', pathname: '/weapp_passport' });
    expect(decodeURIComponent(new URL(url).password)).toBe('p@ss/#:%');
    expect(loadConfig({ ...PRODUCTION, ...mysql }).DATABASE_URL).toMatch(/^sqlite:/);
    const own = 'postgres://passport:secret@db:5432/passport';
    expect(loadConfig({ ...cloudRun, DATABASE_URL: own }).DATABASE_URL).toBe(own);
    const wrong = { ...cloudRun, MYSQL_ADDRESS: 'not an address' };
    expect(() => loadConfig(wrong)).toThrow(/DATABASE_URL/);
  });
});
