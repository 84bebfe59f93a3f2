import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../libs/config/src/index.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

const changeWith = (stack: ReturnType<typeof useStack>) => {
  let token = '';
  beforeAll(async () => {
    token = (await stack.loggedIn()).access;
  });
  return (avatarUrl: string) =>
    stack.call<{ code: string; avatar_url: string; errors: string[] }>('/api/me', {
      method: 'PUT',
      token,
      json: { avatar_url: avatarUrl },
    });
};

describe('an avatar_url', () => {
  const change = changeWith(useStack());
  const OF_512 = `https://wx.qlogo.cn/${'a'.repeat(512 - 'https://wx.qlogo.cn/'.length)}`;

  it.each([
    'https://thirdwx.qlogo.cn/mmopen/vi_32/Q0j4TwGTfTK/132',
    'https://wx.qlogo.cn/mmhead/x/0',
    'https://mmbiz.qpic.cn/mmbiz/icTdbqWNOwNRna42FI242Lcia07jQodd2/0?wx_fmt=png&x=%20#y',
    'https://wx.qlogo.cn',
    'https://WX.qlogo.cn/a',
    OF_512,
  ])('may be at WeChat’s hosts: %s', async (url) => {
    const { status, body } = await change(url);
    expect([status, body.avatar_url]).toEqual([200, url]);
  });

  it.each([
    '',
    'thirdwx.qlogo.cn/a',
    '//wx.qlogo.cn/a',
    'https:wx.qlogo.cn/a',
    'https:/wx.qlogo.cn/a',
    'https:///wx.qlogo.cn/a',
    'http://wx.qlogo.cn/a',
    'ftp://wx.qlogo.cn/a',
    'javascript:alert(1)//https://wx.qlogo.cn/',
    'data:image/png;base64,AAAA',
    'wxfile://tmp_1234.jpg',
    'https://attacker.example/a',
    'https://wx.qlogo.cn.attacker.example/a',
    'https://attacker.example/wx.qlogo.cn',
    'https://attacker.example?https://wx.qlogo.cn/',
    'https://attacker.example#@wx.qlogo.cn/',
    'https://xwx.qlogo.cn/a',
    'https://qlogo.cn/a',
    'https://wx.qlogo.cn./a',
    'https://user@wx.qlogo.cn/a',
    'https://user:password@wx.qlogo.cn/a',
    'https://@wx.qlogo.cn/a',
    'https://:@wx.qlogo.cn/a',
    'https://wx.qlogo.cn@attacker.example/a',
    'https://wx.qlogo.cn\\@attacker.example/a',
    'https://attacker.example\\@wx.qlogo.cn/a',
    'https://wx.qlogo.cn:8443/a',
    'https://wx%2eqlogo.cn/a',
    'https://wx。qlogo.cn/a',
    'https://ｗｘ.qlogo.cn/a',
    'https://127.0.0.1/a',
    'https://[::1]/a',
    ' https://wx.qlogo.cn/a',
    'https://wx.qlogo.cn/a ',
    'https://wx.qlogo.cn/a\n',
    'https://wx.ql\togo.cn/a',
    'https://wx.qlogo.cn/"onerror="alert(1)',
    'https://wx.qlogo.cn/<script>',
    'https://wx.qlogo.cn/头像',
    'https://wx.qlogo.cn/\ud800',
    `${OF_512}a`,
  ])('is refused: %j', async (url) => {
    const { status, body } = await change(url);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.errors).toEqual([expect.stringContaining('avatar_url must be')]);
  });
});

describe('AVATAR_HOSTS', () => {
  const change = changeWith(useStack({ AVATAR_HOSTS: 'CDN.example.com, img.example.com' }));

  it('names the hosts in place of WeChat’s, in any case', async () => {
    expect((await change('https://cdn.example.com/a')).status).toBe(200);
    expect((await change('https://img.example.com/a')).status).toBe(200);
    const { status, body } = await change('https://thirdwx.qlogo.cn/a');
    expect(status).toBe(400);
    expect(body.errors[0]).toContain('cdn.example.com, img.example.com');
  });

  it.each(['https://cdn.example.com', 'cdn.example.com:443', 'cdn.example.com/a', '*', 'a,,b'])(
    'is refused at the start when it is no list of host names: %s',
    (hosts) => {
      expect(() => loadConfig({ SECRET_KEY, AVATAR_HOSTS: hosts })).toThrow(/AVATAR_HOSTS/);
    },
  );
});
