import { describe, expect, it } from 'vitest';
import { rawDataSignature, sessionKeySignature } from './signatures.js';

describe('rawDataSignature', () => {
  it('returns the signature of WeChat’s example', () => {
    const rawData =
      '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}';
    expect(rawDataSignature(rawData, 'HyVFkGl5F5OQWJZZaNzBBg==')).toBe(
      '75e81ceda165f4ffa64f4068af58c64b8f54b88c',
    );
  });
});

describe('sessionKeySignature', () => {
  it.each([
    ['with a body', '{"foo":"bar"}', '654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b'],
    ['with an empty message', '', '46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128'],
  ])('returns the signature of WeChat’s example %s', (_, message, signature) => {
    expect(sessionKeySignature('o0q0otL8aEzpcZL/FT9WsQ==', message)).toBe(signature);
  });
});
