import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptOpenData } from './open-data.js';

/** WeChat's own example: https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
const OFFICIAL = {
  appid: 'wx4f4bc4dec97d474b',
  sessionKey: 'tiihtNczf5v6AKRyjwEUhQ==',
  encryptedData:
    'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==',
  iv: 'r7BXXKkLb8qrSNn05n0qiA==',
};
const { appid, sessionKey, encryptedData, iv } = OFFICIAL;

/** Encrypts any plaintext as WeChat does. */
function encrypt(plaintext: string | Buffer, padding = true): string {
  const cipher = createCipheriv(
    'aes-128-cbc',
    Buffer.from(sessionKey, 'base64'),
    Buffer.from(iv, 'base64'),
  ).setAutoPadding(padding);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64');
}
const withWatermark = (data: object) => encrypt(JSON.stringify({ ...data, watermark: { appid } }));
const notUtf8 = Buffer.from(`{"\x80":1,"watermark":{"appid":"${appid}"}}`, 'latin1');
const flipped = (base64: string, index: number) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('decryptOpenData', () => {
  it('decrypts WeChat’s own example', () => {
    expect(decryptOpenData(sessionKey, appid, encryptedData, iv)).toEqual({
      openId: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE',
      nickName: 'Band',
      gender: 1,
      language: 'zh_CN',
      city: 'Guangzhou',
      province: 'Guangdong',
      country: 'CN',
      avatarUrl:
        'http://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2AHWr8MHM4WgMEm7GFhsf8OYrySdbvAMvTsw3mo8ibKicsnfN5pRjl1p8HQ/0',
      unionId: 'ocMvos6NjeKLIBqg5Mr9QjxrP1FA',
      watermark: { timestamp: 1477314187, appid },
    });
  });

  it.each<[string, Partial<typeof OFFICIAL>]>([
    ['of another mini-program', { appid: 'wx0000000000000000' }],
    ['with another session_key', { sessionKey: 'HyVFkGl5F5OQWJZZaNzBBg==' }],
    ['with a session_key of another length', { sessionKey: 'HyVFkGl5F5OQWJZZ' }],
    ['with another iv', { iv: 'HyVFkGl5F5OQWJZZaNzBBg==' }],
    ['with a short iv', { iv: 'r7BXXKkLb8qrSNn0' }],
    ['without its last block', { encryptedData: encryptedData.slice(0, 480) }],
    ['cut off within a block', { encryptedData: encryptedData.slice(0, 488) }],
    ['changed in its first block', { encryptedData: flipped(encryptedData, 0) }],
    ['changed in its last byte', { encryptedData: flipped(encryptedData, 383) }],
    ['that is empty', { encryptedData: '' }],
    ['with wrong padding', { encryptedData: encrypt(Buffer.alloc(16, 7), false) }],
    ['that is no JSON', { encryptedData: encrypt('no JSON') }],
    ['that is no UTF-8', { encryptedData: encrypt(notUtf8) }],
    ['that is a list', { encryptedData: encrypt(`[{"watermark":{"appid":"${appid}"}}]`) }],
    ['that is null', { encryptedData: encrypt('null') }],
    ['without a watermark', { encryptedData: encrypt('{}') }],
    ['whose watermark is text', { encryptedData: encrypt(`{"watermark":"${appid}"}`) }],
    ['whose watermark names two apps', { encryptedData: encrypt(`{"watermark":{"appid":["${appid}"]}}`) }],
  ])('returns undefined for data %s', (_, change) => {
    const given = { ...OFFICIAL, ...change };
    expect(decryptOpenData(given.sessionKey, given.appid, given.encryptedData, given.iv)).toBeUndefined();
  });

  it('decrypts long data and characters outside the basic plane', () => {
    const stepInfoList = Array.from({ length: 31 }, (_, day) => ({ timestamp: 1477000000 + day, step: day }));
    expect(decryptOpenData(sessionKey, appid, withWatermark({ stepInfoList }), iv)).toMatchObject({
      stepInfoList,
    });
    expect(decryptOpenData(sessionKey, appid, withWatermark({ 名: '🎉' }), iv)).toMatchObject({ 名: '🎉' });
  });
});
