import { describe, expect, it } from 'vitest';
import { compileWxss } from '../../scripts/phone/wxss.mjs';

const compile = (wxss: string, scope = 'p1') => compileWxss(wxss, scope).trim();

describe('compileWxss', () => {
  it.each([
    ['.a { width: 750rpx }', '.p1--a{ width: 100cqw }'],
    ['.a { margin: -15rpx 7.5rpx 0 }', '.p1--a{ margin: -2cqw 1cqw 0 }'],
    ['.a { min-height: calc(100vh - 8px) }', '.p1--a{ min-height: calc(100cqh - 8px) }'],
    ['.a.b > .c:not(.d)::after {}', '.p1--a.p1--b > .p1--c:not(.p1--d)::after{}'],
    ['view, .a text[user-select] {}', 'wx-view, .p1--a wx-text[user-select]{}'],
    ['#agree:active {}', '#agree:active{}'],
    [
      '/* .x { */ .a { background: url("data:image/png;base64,a.b") }',
      '.p1--a{ background: url("data:image/png;base64,a.b") }',
    ],
    [
      '@media (prefers-color-scheme: dark) { .a { color: red } }',
      '@media (prefers-color-scheme: dark){.p1--a{ color: red }\n}',
    ],
    ['@keyframes turn { to { left: 75rpx } }', '@keyframes turn{ to { left: 10cqw } }'],
  ])('makes of %s', (wxss, css) => {
    expect(compile(wxss)).toBe(css);
  });

  it('leaves the classes of app.wxss as they are', () => {
    expect(compile('.a .b {}', '')).toBe('.a .b{}');
  });

  it.each(['.a { color: red', '.a', '@import "x.wxss"; .a {}'])('refuses %s', (wxss) => {
    expect(() => compile(wxss)).toThrow('WXSS');
  });
});
