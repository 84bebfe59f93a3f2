import { keptAvatar, takeAvatar } from '../../account/avatar';
import { missingConsents } from '../../account/consents';
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

/** The texts for WeChat's errno if a button gives no phone number. The privacy prompt has its own text for a refusal. */
const NO_PHONE: Readonly<Record<number, string>> = {
  104: '',
  1400001: '暂时无法获取手机号，请稍后再试',
};

const EMPTY_PROFILE: Profile = { nickname: '', phone: '', avatarUrl: '' };

/** The service has merged the user into another one, who is logged in now. */
const isUserChange = (error: unknown) => error instanceof Problem && error.code === 'user_changed';

/** Whether the account is being deleted: after a login the page shows where that can be cancelled. */
let isLeaving = false;

Component({
  data: {
    /** 'loading': nothing to show yet; 'ready'; 'error' and 'logged_out': `message` and a button. */
    phase: 'loading',
    /** Why the data shown may be old, or why there is none; `''` if there was no error. */
    message: '',
    userId: '',
    profile: EMPTY_PROFILE,
    /** Shown instead of the picture if there is none. */
    letter: '我',
    avatar: '',
    devices: [] as Device[],
    /** The consents that a login needs; empty if none is missing. */
    required: [] as unknown[],
    /** The action that is running: 'nickname', 'phone', 'avatar' or `''`. */
    busy: '',
  },

  methods: {
    onShow() {
      this.setData({ required: [] });
      return this.refresh();
    },

    async onPullDownRefresh() {
      await this.refresh();
      await wx.stopPullDownRefresh();
    },

    /** Shows the data on the phone, then that of the service. */
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

    async onLogin() {
      this.setData({ required: [] });
      await this.refresh();
      if (isLeaving) await this.openAccount();
      isLeaving = false;
    },

    onRefusal() {
      this.setData({ required: [] });
    },

    async logIn() {
      this.setData({ phase: 'loading' });
      try {
        await passport.login();
        await this.onLogin();
      } catch (error) {
        this.fail(error);
      }
    },

    onAvatar(event: WechatMiniprogram.CustomEvent<{ avatarUrl?: string }>) {
      // The event also occurs if the user has refused.
      const { avatarUrl } = event.detail;
      if (!avatarUrl) return;
      const { userId } = this.data;
      return this.run('avatar', async () => {
        this.setData({ avatar: await takeAvatar(userId, avatarUrl) });
      });
    },

    /** Runs if the picture does not exist any more or cannot be loaded on this phone. */
    onAvatarError() {
      this.setData({ avatar: '' });
    },

    onNickname(event: WechatMiniprogram.FormSubmit) {
      const nickname = (event.detail.value as { nickname: string }).nickname.trim();
      const { userId, profile } = this.data;
      if (nickname === profile.nickname) return;
      return this.run('nickname', async () => {
        this.show(userId, await saveNickname(userId, nickname));
        this.toast('已保存');
      });
    },

    onPhone(event: PhoneNumber) {
      // errMsg is not used, because it differs by platform.
      const { code, errno = 0 } = event.detail;
      const { userId } = this.data;
      if (!code) {
        const text = NO_PHONE[errno] ?? '未授权，手机号没有绑定';
        if (text !== '') this.toast(text);
        return;
      }
      return this.run('phone', async () => {
        this.show(userId, await bindPhone(userId, code));
        this.toast('已绑定');
      });
    },

    async onEndDevice(event: DeviceTap) {
      const { id, name } = event.currentTarget.dataset;
      if (!(await this.confirms('退出该设备？', `「${name}」将退出登录`))) return;
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

    async openAccount() {
      await wx.navigateTo({ url: '/pages/account/index' });
    },

    show(userId: string, profile: Profile) {
      // The answer to a call that was made before a logout may arrive after it.
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

    /** Runs one of the page's actions, and shows the error in a toast if it fails. */
    async run(busy: string, action: () => Promise<void>) {
      if (this.data.busy !== '') return;
      this.setData({ busy });
      try {
        await action();
      } catch (error) {
        console.warn(error);
        this.toast(explain(error));
        if (isUserChange(error)) this.fail(error);
      }
      this.setData({ busy: '' });
    },

    fail(error: unknown) {
      console.warn(error);
      const required = missingConsents(error);
      if (required) this.setData({ required });
      if (error instanceof Problem && error.code === 'logged_out') {
        isLeaving = error.body['ended_by'] === 'deletion';
        this.setData({ phase: 'logged_out', devices: [], message: explain(error) });
      } else if (isUserChange(error)) {
        this.setData({ phase: 'loading', devices: [] });
        void this.refresh();
      } else {
        const phase = this.data.phase === 'ready' ? 'ready' : 'error';
        this.setData({ phase, message: explain(error) });
      }
    },

    toast(title: string) {
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
