import { Problem } from 'weapp-passport-client';
import { explain } from 'weapp-passport-client/explain';
import { removeDataFile, sendDataFile, writeDataFile } from '../../account/data-file';
import {
  cancelDeletion,
  exportData,
  loadPrivacy,
  requestDeletion,
  withdrawConsent,
} from '../../account/privacy';
import type { Privacy } from '../../account/privacy';
import { passport } from '../../passport';

interface ConsentTap {
  currentTarget: { dataset: { kind: string; name: string } };
}

/** The errno of WeChat if the user refuses the privacy prompt, which has its own text for that. */
const REFUSED = 104;

const NOTHING: Privacy = { deletesAt: '', coolingOffDays: 0, consents: [] };

/** After these the page shows nothing of the user any more. */
const OVER = ['logged_out', 'user_changed', 'consent_required', 'user_disabled'];

/** The last refresh. An older one, which may have read the state before an action, shows nothing. */
let lastRefresh = 0;

/** What the service stores of the user, and what the user can do about it. */
Component({
  data: {
    /** 'loading'; 'ready'; 'left' after the request of a deletion and 'error', with a `message` and a button. */
    phase: 'loading',
    /** Why the data shown may be old, or why there is none; `''` if there was no error. */
    message: '',
    userId: '',
    privacy: NOTHING,
    /** Whether the file with the data of the user exists. */
    hasFile: false,
    /** The action that is running: 'export', 'consent', 'deletion' or `''`. */
    busy: '',
  },

  methods: {
    onLoad() {
      // Of a launch that ended on this page.
      removeDataFile();
    },

    onUnload() {
      removeDataFile();
    },

    onShow() {
      return this.refresh();
    },

    async refresh() {
      const mine = ++lastRefresh;
      try {
        const { id } = await passport.ready();
        const privacy = await loadPrivacy(id);
        if (mine === lastRefresh) this.setData({ phase: 'ready', message: '', userId: id, privacy });
      } catch (error) {
        if (mine === lastRefresh) this.fail(error);
      }
    },

    onExport() {
      return this.run('export', async () => {
        const data = await exportData(this.data.userId);
        try {
          // WeChat shows that the text was copied.
          await wx.setClipboardData({ data });
        } catch (error) {
          if ((error as { errno?: number }).errno !== REFUSED) throw error;
        }
      });
    },

    onSaveFile() {
      return this.run('export', async () => {
        await writeDataFile(await exportData(this.data.userId));
        this.setData({ hasFile: true });
      });
    },

    onSendFile() {
      return this.run('export', async () => {
        this.toast((await sendDataFile()) ? '已发送' : '文件没有发送');
      });
    },

    onWithdraw(event: ConsentTap) {
      const { kind, name } = event.currentTarget.dataset;
      return this.run('consent', async () => {
        const content = `撤回对《${name}》的同意后，可能需要重新同意才能登录`;
        if (!(await this.confirms('撤回同意？', content, '撤回'))) return;
        await withdrawConsent(this.data.userId, kind);
        this.toast('已撤回');
      });
    },

    onLeave() {
      const { userId, privacy } = this.data;
      const days = privacy.coolingOffDays;
      return this.run('deletion', async () => {
        const content =
          '注销后，资料、手机号、清单和登录记录将全部删除，无法恢复，所有设备立即退出登录。' +
          (days > 0 ? `${days} 天内重新登录后可以撤销。` : '注销不能撤销。');
        if (!(await this.confirms('注销账号？', content, '确认注销'))) return;
        const at = await requestDeletion(userId);
        const message =
          days > 0 ? `账号将于 ${at} 删除。在此之前重新登录，可以在「账号与隐私」撤销` : '账号即将删除';
        this.setData({ phase: 'left', message, privacy: NOTHING });
      });
    },

    onStay() {
      return this.run('deletion', async () => {
        await cancelDeletion(this.data.userId);
        this.toast('已撤销注销');
      });
    },

    openPrivacyContract() {
      wx.openPrivacyContract({});
    },

    async goBack() {
      await wx.switchTab({ url: '/pages/me/index' });
    },

    /** Runs one of the page's actions, shows its error in a toast, and then the state: a lost answer may hide a success. */
    async run(busy: string, action: () => Promise<void>) {
      if (this.data.busy !== '') return;
      this.setData({ busy });
      try {
        await action();
      } catch (error) {
        console.warn(error);
        this.toast(explain(error));
      }
      await this.refresh();
      this.setData({ busy: '' });
    },

    fail(error: unknown) {
      console.warn(error);
      const { code, body } = error instanceof Problem ? error : new Problem('');
      const isOver = OVER.includes(code);
      if (isOver) {
        removeDataFile();
        this.setData({ hasFile: false });
      }
      // It has said already when the account is deleted.
      if (this.data.phase === 'left' && isOver) return;
      const message = explain(error);
      if (code === 'logged_out' && body['ended_by'] === 'deletion')
        this.setData({
          phase: 'left',
          message: `${message}。重新登录后可以在「账号与隐私」撤销`,
          privacy: NOTHING,
        });
      else if (isOver) this.setData({ phase: 'error', message, privacy: NOTHING });
      else this.setData({ phase: this.data.phase === 'ready' ? 'ready' : 'error', message });
    },

    toast(title: string) {
      void wx.showToast({ title, icon: 'none' });
    },

    confirms(title: string, content: string, confirmText: string): Promise<boolean> {
      return new Promise((resolve) => {
        wx.showModal({
          title,
          content,
          confirmText,
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
