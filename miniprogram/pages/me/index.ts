import { keptAvatar, takeAvatar } from '../../account/avatar';
import { endDevice, endOtherDevices, loadDevices } from '../../account/devices';
import type { Device } from '../../account/devices';
import { bindPhone, knownProfile, loadProfile, saveNickname } from '../../account/profile';
import type { Profile } from '../../account/profile';
import { Problem } from 'weapp-passport-client';
import { explain } from 'weapp-passport-client/explain';
import { passport } from '../../passport';

interface DeviceTap {
  currentTarget: { dataset: { id: string; name: string } };
}
type PhoneNumber = WechatMiniprogram.CustomEvent<{ code?: string; errno?: number }>;

/** WeChat's number for "this mini-program has used up its phone numbers". */
const PHONE_QUOTA_USED_UP = 1400001;

const NOBODY: Profile = { nickname: '', phone: '', avatarUrl: '' };

/** The service has merged the user into another one, who is logged in now. */
const isUserChange = (error: unknown) => error instanceof Problem && error.code === 'user_changed';

Component({
  data: {
    /** 'loading': nothing to show yet; 'ready'; 'error' and 'logged_out': `message` and a button. */
    phase: 'loading',
    /** Why what is shown may be old, or why nothing is; `''` if all is well. */
    message: '',
    userId: '',
    profile: NOBODY,
    /** Stands for the picture where there is none. */
    letter: '我',
    avatar: '',
    devices: [] as Device[],
    /** What runs: 'nickname', 'phone', 'avatar' or nothing. */
    busy: '',
  },

  methods: {
    onShow() {
      return this.refresh();
    },

    async onPullDownRefresh() {
      await this.refresh();
      await wx.stopPullDownRefresh();
    },

    /** Shows what the phone has, then what the service has. */
    async refresh() {
      const user = passport.currentUser();
      const known = user && knownProfile(user.id);
      if (known) this.show(user.id, known);
      else if (this.data.phase !== 'ready') this.setData({ phase: 'loading' });
      try {
        const { id } = await passport.ready();
        const [profile, devices] = await Promise.all([loadProfile(id), loadDevices(id)]);
        if (passport.currentUser()?.id !== id) return;
        this.show(id, profile);
        this.setData({ devices, message: '' });
      } catch (error) {
        this.fail(error);
      }
    },

    async logIn() {
      this.setData({ phase: 'loading' });
      try {
        await passport.login();
        await this.refresh();
      } catch (error) {
        this.fail(error);
      }
    },

    onAvatar(event: WechatMiniprogram.CustomEvent<{ avatarUrl?: string }>) {
      // The event also tells that the user has refused.
      const { avatarUrl } = event.detail;
      if (!avatarUrl) return;
      const { userId } = this.data;
      return this.run('avatar', async () => {
        this.setData({ avatar: await takeAvatar(userId, avatarUrl) });
      });
    },

    /** A picture that is gone, or not for this phone. */
    onAvatarError() {
      this.setData({ avatar: '' });
    },

    onNickname(event: WechatMiniprogram.FormSubmit) {
      const nickname = (event.detail.value as { nickname: string }).nickname.trim();
      const { userId, profile } = this.data;
      if (nickname === profile.nickname) return;
      return this.run('nickname', async () => {
        this.show(userId, await saveNickname(userId, nickname));
        this.tell('已保存');
      });
    },

    onPhone(event: PhoneNumber) {
      // Not by errMsg, which differs by platform.
      const { code, errno } = event.detail;
      if (errno === PHONE_QUOTA_USED_UP) this.tell('暂时无法获取手机号，请稍后再试');
      if (!code) return;
      const { userId } = this.data;
      return this.run('phone', async () => {
        this.show(userId, await bindPhone(userId, code));
        this.tell('已绑定');
      });
    },

    async onEndDevice(event: DeviceTap) {
      const { id, name } = event.currentTarget.dataset;
      if (!(await this.confirms('结束此会话？', `「${name}」将退出登录`))) return;
      await this.run('devices', () => endDevice(this.data.userId, id));
      await this.refresh();
    },

    async onEndOthers() {
      if (!(await this.confirms('退出其他设备？', '除本机以外的设备都将退出登录'))) return;
      await this.run('devices', () => endOtherDevices(this.data.userId));
      await this.refresh();
    },

    async onLogOut() {
      if (!(await this.confirms('退出登录？', '未同步的改动会留在手机上'))) return;
      void passport.logout();
      this.fail(new Problem('logged_out'));
    },

    openPrivacyContract() {
      wx.openPrivacyContract({});
    },

    show(userId: string, profile: Profile) {
      // The answer to a call from before a logout may come after it.
      if (passport.currentUser()?.id !== userId) return;
      const [letter = '我'] = profile.nickname;
      this.setData({
        phase: 'ready',
        userId,
        profile,
        letter,
        avatar: keptAvatar(userId) || profile.avatarUrl,
      });
    },

    /** Runs one of the page's actions, and says in a toast why it failed. */
    async run(busy: string, action: () => Promise<void>) {
      if (this.data.busy !== '') return;
      this.setData({ busy });
      try {
        await action();
      } catch (error) {
        console.warn(error);
        this.tell(explain(error));
        if (isUserChange(error)) this.fail(error);
      }
      this.setData({ busy: '' });
    },

    fail(error: unknown) {
      console.warn(error);
      if (error instanceof Problem && error.code === 'logged_out') {
        this.setData({ phase: 'logged_out', devices: [], message: explain(error) });
      } else if (isUserChange(error)) {
        this.setData({ phase: 'loading', devices: [] });
        void this.refresh();
      } else {
        const phase = this.data.phase === 'ready' ? 'ready' : 'error';
        this.setData({ phase, message: explain(error) });
      }
    },

    tell(title: string) {
      void wx.showToast({ title, icon: 'none' });
    },

    confirms(title: string, content: string): Promise<boolean> {
      return new Promise((resolve) => {
        wx.showModal({
          title,
          content,
          success: ({ confirm }) => {
            resolve(confirm);
          },
          fail: () => {
            resolve(false);
          },
        });
      });
    },
  },
});
