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
const templates = filesEndingIn('.wxml').map((path) => path.replace(/\.wxml$/, ''));
const pages = templates.filter((path) => path.startsWith('pages/'));

/** What the phone in the browser knows; a page that uses more would work in WeChat only. */
const BUILT_IN = [
  'block',
  'button',
  'form',
  'image',
  'input',
  'scroll-view',
  'switch',
  'text',
  'textarea',
  'view',
];

/** WCAG 2.2: relative luminance, contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

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

  it('has each page of the tab bar', () => {
    const { list } = json('app.json').tabBar as { list: { pagePath: string }[] };
    for (const { pagePath } of list) expect(pages).toContain(pagePath);
  });

  it('has every colour that app.json names, in both themes, and no other', () => {
    expect(json('app.json')).toMatchObject({ darkmode: true, themeLocation: 'theme.json' });
    const named = [...read('app.json').matchAll(/"@(\w+)"/g)].map(([, name]) => name);
    for (const theme of ['light', 'dark']) {
      expect(new Set(Object.keys(json('theme.json')[theme] as object))).toEqual(new Set(named));
    }
  });

  it('has every colour of the screens in both themes', () => {
    const [light, dark] = read('app.wxss').split('@media (prefers-color-scheme: dark)');
    const names = (text = '') => [...text.matchAll(/(--[\w-]+):/g)].map(([, name]) => name);
    expect(names(dark)).toEqual(names(light));
    for (const path of filesEndingIn('.wxss')) {
      for (const [, name] of read(path).matchAll(/var\((--[\w-]+)\)/g))
        expect(names(light), path).toContain(name);
    }
  });

  it.each([
    ['text', 'page'],
    ['text', 'card'],
    ['muted', 'page'],
    ['muted', 'card'],
    ['brand', 'card'],
    ['danger', 'card'],
    ['button-text', 'button'],
    ['notice-text', 'notice'],
  ])('has %s readable on %s in both themes (WCAG AA: 4.5:1)', (text, ground) => {
    for (const theme of read('app.wxss').split('@media (prefers-color-scheme: dark)')) {
      const colour = (name: string) => new RegExp(`--${name}: (#\\w{6});`).exec(theme)?.[1] ?? '';
      expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('checks the privacy declaration', () => {
    expect(json('app.json').__usePrivacyCheck__).toBe(true);
  });

  it('has no style for the page element, which a Component page does not own', () => {
    for (const path of filesEndingIn('.wxss')) expect(read(path), path).not.toMatch(/(^|[\s,}])page\s*[,{]/);
  });
});

describe.each(templates)('%s', (page) => {
  it.each(['ts', 'json', 'wxml', 'wxss'])('has its .%s file', (extension) => {
    expect(existsSync(`${root}${page}.${extension}`)).toBe(true);
  });

  it('declares the components that it uses, which exist, and no other', () => {
    const declared = json(`${page}.json`).usingComponents as Record<string, string>;
    const tags = new Set([...read(`${page}.wxml`).matchAll(/<([a-z-]+)/g)].map(([, tag]) => String(tag)));
    expect([...tags].filter((tag) => !BUILT_IN.includes(tag)).sort()).toEqual(Object.keys(declared).sort());
    for (const path of Object.values(declared)) {
      expect(templates.map((template) => `/${template}`)).toContain(path);
    }
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
