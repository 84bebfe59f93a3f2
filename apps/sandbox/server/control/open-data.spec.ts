import { createDecipheriv } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FIRST_APP, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';
import { makeOpenData, type OpenData, rawDataSignature } from './open-data.js';

const sandbox = useSandbox();
afterEach(() => vi.useRealTimers());

async function ask(body?: object): Promise<OpenData> {
  const { status, json } = await sandbox.send('POST', '/sandbox/open-data', body);
  expect(status).toBe(200);
  return json as unknown as OpenData;
}

/** What a back end does, by WeChat's document. */
function decrypt(session_key: string, encryptedData: string, iv: string): unknown {
  const bytes = (base64: string) => Buffer.from(base64, 'base64');
  const decipher = createDecipheriv('aes-128-cbc', bytes(session_key), bytes(iv));
  return JSON.parse(Buffer.concat([decipher.update(bytes(encryptedData)), decipher.final()]).toString());
}

describe('the facts of WeChat', () => {
  it('signs rawData as the official example is signed', () => {
    const rawData =
      '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}';
    expect(rawDataSignature(rawData, 'HyVFkGl5F5OQWJZZaNzBBg==')).toBe(
      '75e81ceda165f4ffa64f4068af58c64b8f54b88c',
    );
  });

  it('encrypts so that what decrypts the official example decrypts it', () => {
    const session_key = 'tiihtNczf5v6AKRyjwEUhQ==';
    const official = decrypt(
      session_key,
      'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==',
      'r7BXXKkLb8qrSNn05n0qiA==',
    ) as object;
    expect(official).toMatchObject({ openId: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', gender: 1 });
    const { encryptedData, iv } = makeOpenData(session_key, {}, official);
    expect(decrypt(session_key, encryptedData, iv)).toEqual(official);
  });
});

describe('POST /sandbox/open-data', () => {
  it('gives the profile with openid, unionid and watermark, by the current session_key', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1477314187_900 });
    const session = await sandbox.session('bob');
    const { encryptedData, iv, rawData, signature } = await ask({ user: 'bob' });
    expect(decrypt(session.session_key, encryptedData, iv)).toEqual({
      openId: session.openid,
      unionId: expect.stringMatching(/^o[\w-]{27}$/) as string,
      watermark: { timestamp: 1477314187, appid: FIRST_APP.appid },
      nickName: 'bob',
      gender: 0,
      language: 'zh_CN',
      city: '',
      province: '',
      country: '',
      avatarUrl: expect.stringMatching(/^https:/) as string,
    });
    expect(JSON.parse(rawData)).toMatchObject({ nickName: 'bob' });
    expect(rawData).not.toContain(session.openid);
    expect(signature).toBe(rawDataSignature(rawData, session.session_key));
  });

  it('gives other data as it is, with a watermark', async () => {
    const { session_key } = await sandbox.session('alice', SECOND_APP);
    const data = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' };
    const { encryptedData, iv, rawData } = await ask({ appid: SECOND_APP.appid, data });
    expect(decrypt(session_key, encryptedData, iv)).toEqual({
      ...data,
      watermark: { timestamp: expect.any(Number) as number, appid: SECOND_APP.appid },
    });
    expect(rawData).toBe(JSON.stringify(data));
  });

  it('leaves a watermark of the developer as it is', async () => {
    const { session_key } = await sandbox.session();
    const data = { watermark: { timestamp: 1, appid: 'wx0000000000000000' } };
    const { encryptedData, iv } = await ask({ data });
    expect(decrypt(session_key, encryptedData, iv)).toEqual(data);
  });

  it('gives another iv each time', async () => {
    expect((await ask()).iv).not.toBe((await ask()).iv);
  });

  it('is not to be decrypted by the key of an earlier login', async () => {
    const old = await sandbox.session();
    await sandbox.login();
    const { encryptedData, iv } = await ask();
    expect(() => decrypt(old.session_key, encryptedData, iv)).toThrow();
  });

  it.each([
    [{ data: [] }, 'body.data must be a JSON object'],
    [{ data: null }, 'body.data must be a JSON object'],
    [{ date: {} }, 'body has an unknown member "date"; allowed are appid, user, data'],
  ])('answers 400 to %j and says what is allowed', async (body, error) => {
    expect(await sandbox.send('POST', '/sandbox/open-data', body)).toMatchObject({
      status: 400,
      json: { error },
    });
  });
});
