import { describe, expect, it, vi } from 'vitest';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';
import { launch } from './twin/mini-program.js';
import { Phone } from './twin/phone.js';

interface MePage {
  data: {
    phase: string;
    message: string;
    profile: { nickname: string; phone: string };
    letter: string;
    avatar: string;
    devices: { id: string; name: string; lastUsed: string; current: boolean }[];
    busy: string;
  };
  onShow(): Promise<void>;
  onNickname(event: { detail: { value: { nickname: string } } }): Promise<void> | undefined;
  onAvatar(event: { detail: { avatarUrl?: string } }): Promise<void> | undefined;
  onPhone(event: { detail: { code?: string; errno?: number } }): Promise<void> | undefined;
  onEndDevice(event: { currentTarget: { dataset: { id: string; name: string } } }): Promise<void>;
  onEndOthers(): Promise<void>;
  onLogOut(): Promise<void>;
  logIn(): Promise<void>;
}

const stack = useStack();

const open = (phone: Phone) => launch(phone).open('me') as MePage;

describe('the page of the user', () => {
  const profileOf = async (user: string) => {
    const { access } = await stack.loggedIn(user);
    return (await stack.call('/api/me', { token: access })).body;
  };

  it('shows the profile and this device', async () => {
    const page = open(new Phone(stack, 'plain'));
    await page.onShow();
    expect(page.data).toMatchObject({ phase: 'ready', letter: '我', avatar: '', profile: { nickname: '' } });
    expect(page.data.devices).toMatchObject([{ name: 'iPhone 17', current: true }]);
    expect(page.data.devices[0]?.lastUsed).toMatch(/^\d+月\d+日 \d\d:\d\d · IP\s127\.0\.0\.\*$/);
  });

  it('saves a nickname, keeps it for the next launch, and says why one is refused', async () => {
    const phone = new Phone(stack, 'named');
    const page = open(phone);
    await page.onShow();
    await page.onNickname({ detail: { value: { nickname: ' 😀小明 ' } } });
    expect(await profileOf('named')).toMatchObject({ nickname: '😀小明' });
    expect(page.data).toMatchObject({ letter: '😀', profile: { nickname: '😀小明' }, busy: '' });
    await page.onNickname({ detail: { value: { nickname: '\u202e' } } });
    expect(phone.toasts).toEqual(['已保存', '内容不符合要求，请修改后重试']);
    phone.network.weather = 'offline';
    const later = open(phone);
    await later.onShow();
    expect(later.data).toMatchObject({ phase: 'ready', profile: { nickname: '😀小明' } });
    expect(later.data.message).toBe('连接不上服务，请检查网络后重试');
  });

  it('shows nothing of a user who logged out while their profile was on its way', async () => {
    const phone = new Phone(stack, 'leaver');
    const page = open(phone);
    await page.onShow();
    phone.network.weather = 200;
    const late = page.onShow();
    await page.onLogOut();
    await late;
    expect(page.data).toMatchObject({ phase: 'logged_out', devices: [] });
  });

  it('shows the user into whom the service has merged the one before', async () => {
    let who = 'former';
    const phone = new Phone({ url: stack.url, code: () => stack.code(who) });
    const page = open(phone);
    await page.onShow();
    await page.onNickname({ detail: { value: { nickname: 'former' } } });
    who = 'present';
    const { refresh } = phone.storage.peek('passport.tokens') as { refresh: string };
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    await page.onNickname({ detail: { value: { nickname: 'new' } } });
    expect(phone.toasts).toEqual(['已保存', '登录的账号已切换']);
    await vi.waitFor(() => {
      expect(page.data).toMatchObject({ phase: 'ready', profile: { nickname: '' } });
    });
  });

  it('keeps a chosen avatar on this phone', async () => {
    const phone = new Phone(stack, 'pretty');
    const page = open(phone);
    await page.onShow();
    await page.onAvatar({ detail: {} });
    expect(page.data.avatar).toBe('');
    await page.onAvatar({ detail: { avatarUrl: 'http://tmp/face.png' } });
    expect(page.data.avatar).toBe('http://tmp/face.png');
    const later = open(phone);
    await later.onShow();
    expect(later.data.avatar).toBe('http://tmp/face.png');
  });

  it('binds the number of the phone button, and shows it masked', async () => {
    const phone = new Phone(stack, 'caller');
    const page = open(phone);
    await page.onShow();
    expect(page.data.profile.phone).toBe('');
    const sandbox = String(stack.env['WEIXIN_API_BASE_URL']);
    const { body } = await call<{ code: string }>(`${sandbox}/sandbox/phone-codes`, {
      json: { user: 'caller' },
    });
    await page.onPhone({ detail: { code: body.code } });
    expect(page.data.profile.phone).toMatch(/^\d{3}\*{4}\d{4}$/);
    await page.onPhone({ detail: { code: body.code } });
    expect(phone.toasts).toEqual(['已绑定', '手机号授权已失效，请再次点击']);
  });

  it('sends nothing when the user refuses to give the phone number, and says so', async () => {
    const phone = new Phone(stack, 'private');
    const page = open(phone);
    await page.onShow();
    phone.network.sent.length = 0;
    await page.onPhone({ detail: {} });
    await page.onPhone({ detail: { errno: 1400001 } });
    // After a refusal of the privacy declaration, whose prompt says it.
    await page.onPhone({ detail: { errno: 104 } });
    expect(phone.network.sent).toEqual([]);
    expect(phone.toasts).toEqual(['未授权，手机号没有绑定', '暂时无法获取手机号，请稍后再试']);
  });

  it('ends the session of another device, after asking', async () => {
    const other = await stack.loggedIn('mobile');
    const phone = new Phone(stack, 'mobile');
    const page = open(phone);
    await page.onShow();
    const [device] = page.data.devices.filter(({ current }) => !current);
    const tap = { currentTarget: { dataset: { id: device?.id ?? '', name: device?.name ?? '' } } };
    phone.confirms = false;
    await page.onEndDevice(tap);
    expect((await stack.knock(other.access))[0]).toBe(200);
    phone.confirms = true;
    await page.onEndDevice(tap);
    expect(await stack.knock(other.access)).toEqual([401, 'token_revoked']);
    expect(page.data.devices).toMatchObject([{ current: true }]);
  });

  it('ends all others at once', async () => {
    const others = [await stack.loggedIn('nomad'), await stack.loggedIn('nomad')];
    const page = open(new Phone(stack, 'nomad'));
    await page.onShow();
    await page.onEndOthers();
    expect(page.data.devices).toHaveLength(1);
    for (const { access } of others) expect((await stack.knock(access))[0]).toBe(401);
  });

  it('logs out, after asking, and in again', async () => {
    const phone = new Phone(stack, 'leaver');
    const page = open(phone);
    await page.onShow();
    await page.onLogOut();
    expect(page.data).toMatchObject({ phase: 'logged_out', devices: [] });
    await page.logIn();
    expect(page.data.phase).toBe('ready');
  });
});
