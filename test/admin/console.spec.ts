import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { en } from '../../apps/console/texts/en/index.js';
import { zh } from '../../apps/console/texts/zh/index.js';
import type { AuthEventKind } from '../../libs/audit/src/auth-event.entity.js';
import { call } from '../support/http.js';
import { ROOT } from '../support/process.js';
import { useStack } from '../support/stack.js';
import { adminUrlOf } from './admin.js';

const MAX_SCRIPT_BYTES = 60 * 1024;
const [SLASH, BACKSLASH] = ['%2f', '%5c'];
const BUILT = join(ROOT, 'dist/console');

describe('the console', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const get = (path: string) => call(adminUrlOf(stack) + path);
  const filesOf = (page: string) =>
    Array.from(page.matchAll(/(?:src|href)="([^"]+)"/g), ([, path]) => String(path));

  it('is served at / of the admin listener, with a policy that allows no inline script, no frame and no other origin', async () => {
    const { status, headers, text } = await get('/');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(text).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=|https?:\/\//);
  });

  it('consists of files whose names have a hash, which browsers store for good', async () => {
    const files = filesOf((await get('/')).text);
    expect(files.map((file) => file.replace(/-[A-Z0-9]{8}\./, '-HASH.'))).toEqual([
      '/console/icon-HASH.svg',
      '/console/style-HASH.css',
      '/console/main-HASH.js',
    ]);
    for (const file of files) {
      const { status, headers } = await get(file);
      expect([file, status]).toEqual([file, 200]);
      expect(headers.get('content-type')).toMatch(
        /^(image\/svg\+xml|text\/(css|javascript); charset=utf-8)$/,
      );
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; /);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('is 404 on the public listener', async () => {
    const files = filesOf((await get('/')).text);
    expect(files.length).toBe(3);
    for (const file of files) expect((await stack.call(file)).status).toBe(404);
    expect((await stack.call('/')).text).not.toContain('/console/');
  });

  it.each([
    '/console/',
    '/console/index.html',
    '/console/none.js',
    `/console/..${SLASH}index.html`,
    `/console/..${SLASH}..${SLASH}package.json`,
    `/console/.%2e${SLASH}.%2e${SLASH}package.json`,
    `/console/http:${SLASH}${SLASH}`,
    `/console/${SLASH}etc${SLASH}passwd`,
    '/console/main.js%00.svg',
    `/console/..${BACKSLASH}main.js`,
  ])('serves nothing else: %s is 404', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('has at most 60 KiB of JavaScript when compressed, and loads nothing from elsewhere', () => {
    const scripts = readdirSync(BUILT).filter((name) => name.endsWith('.js'));
    const bytes = scripts.map((name) => gzipSync(readFileSync(join(BUILT, name))).length);
    const total = bytes.reduce((sum, each) => sum + each, 0);
    console.log(`the JavaScript of the console has ${total} bytes when compressed`);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
    const css = readdirSync(BUILT)
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(join(BUILT, name), 'utf8'));
    expect(css.join('')).not.toMatch(/url\(|@import/);
  });
});

describe('the admin listener', () => {
  const stack = useStack({ ADMIN_PORT: '0', DOCS: 'true' });

  it('lets no other page show it in a frame', async () => {
    const [, script] = /src="([^"]+)"/.exec((await call(adminUrlOf(stack))).text) ?? [];
    const paths = ['/', String(script), '/api/admin/docs', '/api/admin/docs-json', '/api/admin/setup'];
    for (const path of [...paths, '/api/admin/users', '/oauth/token', '/none']) {
      const { headers } = await call(adminUrlOf(stack) + path);
      expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY']);
    }
  });
});

describe('the texts of the console', () => {
  /** Returns every text by its path; those with parameters as they are for 1. */
  const flat = (value: unknown, path = ''): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => flat(inner, `${path}.${key}`))
      : [[path, typeof value === 'function' ? (value as (parameter: number) => unknown)(1) : value]];

  it('have the same keys in both languages, none of them empty', () => {
    expect(flat(zh).map(([path]) => path)).toEqual(flat(en).map(([path]) => path));
    const empty = [...flat(en), ...flat(zh)].filter(([, text]) => typeof text !== 'string' || text === '');
    expect(empty).toEqual([]);
  });

  it('have a name of its own for every kind of event', () => {
    // The compiler reports a kind without a name.
    for (const kinds of [en.events.kinds, zh.events.kinds] satisfies Record<AuthEventKind, string>[]) {
      expect(new Set(Object.values(kinds)).size).toBe(Object.keys(kinds).length);
    }
  });

  it('are in English without Chinese characters, but for the name of the other language', () => {
    const chinese = flat(en).filter(([, text]) => /\p{Script=Han}/u.test(String(text)));
    expect(chinese.map(([path]) => path)).toEqual(['.common.otherLanguage']);
  });
});
