/** What WeChat passes to the listener; its typings have it as a plain object. */
type Answer = (answer: { event: 'agree'; buttonId: string } | { event: 'disagree' }) => void;

/** The calls and buttons that wait for the user's decision. */
let waiting: Answer[] = [];

/**
 * Asks the user to accept the privacy declaration (用户隐私保护指引) when a call or button first needs it. WeChat then
 * continues that call or lets it fail.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
Component({
  data: {
    visible: false,
    /** The name of the declaration in the WeChat console. */
    contractName: '《隐私保护指引》',
  },

  lifetimes: {
    attached() {
      wx.onNeedPrivacyAuthorization((answer) => {
        waiting.push(answer as unknown as Answer);
        this.setData({ visible: true });
      });
      wx.getPrivacySetting({
        success: ({ privacyContractName }) => {
          if (privacyContractName) this.setData({ contractName: privacyContractName });
        },
      });
    },
  },

  methods: {
    open() {
      wx.openPrivacyContract({});
    },

    agree() {
      this.answer({ event: 'agree', buttonId: 'agree-privacy' });
    },

    refuse() {
      this.answer({ event: 'disagree' });
      void wx.showToast({ title: '未同意隐私指引，无法使用此功能', icon: 'none' });
    },

    answer(answer: Parameters<Answer>[0]) {
      this.setData({ visible: false });
      for (const resolve of waiting) resolve(answer);
      waiting = [];
    },
  },
});
