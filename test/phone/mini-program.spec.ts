import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ownPhone } from '../../scripts/phone/own-phone.mjs';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';

const outside = useFolder();
const folder = mkdtempSync(join(outside, 'mini-program-'));
const SECRET = 'of somebody else';
const PAGE = { 'page.js': 'Page({})', 'page.wxml': '<view class="a">here</view>' };
const APP = { 'app.json': '{"pages":["page"]}', 'app.js': 'App({})', ...PAGE };

write(APP);
const phone = await ownPhone(folder);
afterAll(() => phone.close());

beforeEach(() => {
  rmSync(folder, { recursive: true });
  write(APP);
  for (const ending of ['js', 'json', 'wxml', 'wxss', 'wxs', 'png'])
    writeFileSync(join(outside, `hidden.${ending}`), `{"text":"${SECRET}"}`);
});

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const fault = (files: Record<string, string>): Promise<string> => {
  write(files);
  return phone.compile().then(
    () => 'compiled',
    (error: unknown) => (error as Error).message,
  );
};

describe("a mini-program of one's own", () => {
  it('is read again each time, with its packages, style sheets and pictures', async () => {
    expect((await phone.compile())['phone.js']).toContain('here');
    write({
      'page.wxml': '<view class="a">changed</view>',
      'page.json': '{"usingComponents":{"badge":"@team/badge"}}',
      'page.wxss': '@import "./parts/a.wxss";',
      'parts/a.wxss': '.a { width: 75rpx }',
      'page.js': `const { text } = require('text'); Page({ text, one: require('/parts/one') })`,
      'parts/one.js': 'module.exports = "one of ours"',
      'miniprogram_npm/text/index.js': 'exports.text = "from a package"',
      'miniprogram_npm/@team/badge/index.json': '{"component":true}',
      'miniprogram_npm/@team/badge/index.js': 'Component({})',
      'miniprogram_npm/@team/badge/index.wxml': '<text>badge</text>',
      'parts/logo.svg': '<svg/>',
    });
    const { 'phone.js': script, 'phone-style.css': style } = await phone.compile();
    expect(style).toContain('width: 10cqw');
    for (const text of ['changed', 'one of ours', 'from a package', 'badge', 'data:image/svg+xml;base64,'])
      expect(script).toContain(text);
  });

  it.each([
    ['not JSON', { 'app.json': '{' }, /^app\.json is not JSON: /],
    ['no pages', { 'app.json': '{}' }, 'app.json lists no pages'],
    [
      'a page without a template',
      { 'app.json': '{"pages":["page","gone"]}' },
      'app.json lists the page gone, but gone.wxml is missing',
    ],
    [
      'a tab without a page',
      { 'app.json': '{"pages":["page"],"tabBar":{"list":[{"pagePath":"gone"}]}}' },
      'app.json: a tab has the page gone, which "pages" does not list',
    ],
    ['a page without a script', { 'app.json': '{"pages":["page","b"]}', 'b.wxml': '' }, 'b.js is missing'],
    [
      'a component that is missing',
      { 'page.json': '{"usingComponents":{"a":"./gone"}}' },
      'page.json uses ./gone, but gone.json is missing',
    ],
    [
      'a plugin',
      { 'page.json': '{"usingComponents":{"a":"plugin://a/b"}}' },
      'page.json: the phone has no plugins, and so no plugin://a/b',
    ],
    ['an expression that is none', { 'page.wxml': '<view>\n{{ a + }}</view>' }, /^page\.wxml, line \d: /],
    [
      'a package that is not built',
      { 'page.js': 'require("lodash")' },
      /^page\.js, line 1: "lodash" is not found: it is no package of miniprogram_npm/,
    ],
    ['a script with an error', { 'page.js': 'Page({' }, /^page\.js, line 1: /],
    ['Less', { 'page.less': '.a {}' }, 'page.less: the phone reads .wxss only. Compile it first'],
    [
      'an at-rule that it does not know',
      { 'page.wxss': '@layer a { .a {} }' },
      'page.wxss: WXSS: the phone does not know @layer a',
    ],
    [
      'a style sheet that imports itself',
      { 'page.wxss': '@import "page.wxss";' },
      'page.wxss imports itself',
    ],
  ])('is refused with its file for %s', async (_name, files, message) => {
    const text = await fault(files);
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
  });

  it.each([
    ['a script', { 'page.js': 'require("../hidden")' }],
    ['a script by an absolute path', { 'page.js': `require("${outside}/hidden.js")` }],
    ['a script by a path from the root', { 'page.js': 'require("/../hidden.js")' }],
    ['a script by a package', { 'page.js': 'require("a/../../../hidden.js")' }],
    ['a page', { 'app.json': '{"pages":["page","../hidden"]}' }],
    [
      'a page of a subpackage',
      { 'app.json': '{"pages":["page"],"subPackages":[{"root":"..","pages":["hidden"]}]}' },
    ],
    ['a component', { 'page.json': '{"usingComponents":{"a":"../hidden"}}' }],
    ['an included template', { 'page.wxml': '<include src="../hidden.wxml" />' }],
    ['an imported template', { 'page.wxml': '<import src="/../hidden.wxml" />' }],
    ['a script of a template', { 'page.wxml': '<wxs src="../hidden.wxs" module="a" />' }],
    ['a style sheet', { 'page.wxss': '@import "../hidden.wxss";' }],
    [
      'a picture',
      { 'app.json': '{"pages":["page"],"tabBar":{"list":[{"pagePath":"page","iconPath":"../hidden.png"}]}}' },
    ],
  ])('cannot read %s outside of its folder', async (_name, files) => {
    write(files);
    const compiled = await phone.compile().catch((error: unknown) => ({ refused: (error as Error).message }));
    expect(JSON.stringify(compiled)).not.toContain(SECRET);
    if ('refused' in compiled) expect(compiled.refused).toMatch(/outside|missing|not found|resolve/);
  });

  it.each(['page.js', 'page.wxml', 'page.wxss', 'page.json'])(
    'cannot read outside of its folder by a symbolic link in place of %s',
    async (name) => {
      rmSync(join(folder, name), { force: true });
      symlinkSync(join(outside, 'hidden.js'), join(folder, name));
      expect(await fault({})).toMatch(/is outside of the mini-program$/);
    },
  );

  it('stops the start of the sandbox, with the reason', async () => {
    const start = async (...args: string[]) => {
      const env = { SANDBOX_PORT: '0', INIT_CWD: folder };
      const program = new Program('dist/apps/sandbox/server/main.js', env, '/', args);
      return [await program.ended(), program.output];
    };
    const starts = [['--miniprogram', 'gone'], ['--miniprogram', outside], ['--folder']];
    expect(await Promise.all(starts.map((args) => start(...args)))).toEqual([
      [1, expect.stringContaining(`${folder}/gone is not a folder`)],
      [1, expect.stringContaining(`${outside} has no app.json. Name the folder`)],
      [1, expect.stringContaining(`Unknown option '--folder'`)],
    ]);
  });
});
