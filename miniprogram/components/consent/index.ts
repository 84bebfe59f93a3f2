import { explain } from 'weapp-passport-client/explain';
import { consentName, missingConsents, openConsentText } from '../../account/consents';
import type { RequiredConsents } from '../../account/consents';
import { passport } from '../../passport';

/** Asks for the consents that a login needs, then logs in. Its events: `done`, the user is logged in; `refuse`. */
Component({
  properties: {
    required: { type: Array, value: [] as RequiredConsents },
  },

  data: {
    texts: [] as { kind: string; name: string }[],
    busy: false,
  },

  observers: {
    required(required: RequiredConsents) {
      this.setData({ texts: required.map(({ kind }) => ({ kind, name: consentName(kind) })) });
    },
  },

  methods: {
    open(event: { currentTarget: { dataset: { kind: string } } }) {
      openConsentText(event.currentTarget.dataset.kind);
    },

    async agree() {
      if (this.data.busy) return;
      this.setData({ busy: true });
      try {
        await passport.login({ consents: this.data.required });
        this.triggerEvent('done');
      } catch (error) {
        console.warn(error);
        // A text may have got a new version while this one was read.
        const required = missingConsents(error);
        if (required) this.setData({ required });
        void wx.showToast({ title: explain(error), icon: 'none' });
      }
      this.setData({ busy: false });
    },

    refuse() {
      void wx.showToast({ title: '同意后才能登录', icon: 'none' });
      this.triggerEvent('refuse');
    },
  },
});
