import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../miniprogram/', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');
const json = (path: string) => JSON.parse(read(path)) as Record<string, unknown>;
const filesEndingIn = (extension: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(extension));
const pages = filesEndingIn('.wxml')
  .filter((path) => path.startsWith('pages/'))
  .map((path) => path.replace(/\.wxml$/, ''));

describe('the project', () => {
  it('opens with a tourist AppID, TypeScript and plain http in the devtools', () => {
    expect(json('project.config.json')).toMatchObject({
      appid: 'touristappid',
      compileType: 'miniprogram',
      setting: { useCompilerPlugins: ['typescript'], urlCheck: false },
    });
  });

  it('lists in app.json exactly the pages that exist', () => {
    expect(json('app.json').pages).toHaveLength(pages.length);
    expect(new Set(json('app.json').pages as string[])).toEqual(new Set(pages));
  });

  it('names a sitemap that exists', () => {
    expect(existsSync(root + String(json('app.json').sitemapLocation))).toBe(true);
  });

  it('has no style for the page element, which a Component page does not own', () => {
    for (const path of filesEndingIn('.wxss')) expect(read(path), path).not.toMatch(/(^|[\s,}])page\s*[,{]/);
  });
});

describe.each(pages)('%s', (page) => {
  it.each(['ts', 'json', 'wxml', 'wxss'])('has its .%s file', (extension) => {
    expect(existsSync(`${root}${page}.${extension}`)).toBe(true);
  });

  it('declares usingComponents', () => {
    expect(json(`${page}.json`).usingComponents).toBeTypeOf('object');
  });

  it('is written with Component and handles every event that it binds', () => {
    const script = read(`${page}.ts`);
    expect(script).toMatch(/^Component\(\{/m);
    for (const [, handler] of read(`${page}.wxml`).matchAll(/\bbind:\w+="(\w+)"/g)) {
      expect(script, handler).toMatch(new RegExp(`^ {4}(async )?${String(handler)}\\(`, 'm'));
    }
  });

  it('binds events in the one form bind:name', () => {
    expect(read(`${page}.wxml`)).not.toMatch(/\s(bind|catch)[a-z]+=/);
  });
});
