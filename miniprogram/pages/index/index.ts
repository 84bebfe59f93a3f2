import { Problem } from 'weapp-passport-client';
import { explain } from 'weapp-passport-client/explain';
import { missingConsents } from '../../account/consents';
import { passport } from '../../passport';
import { listOf } from '../../todo/current-list';
import type { Item } from '../../todo/items';
import type { Operation } from '../../todo/operations';
import { randomId } from '../../todo/random-id';
import type { TodoList } from '../../todo/todo-list';

/** The delay after a failed sync before the next automatic one, if the queue is not empty; it doubles each time. */
const RETRY_SECONDS = { first: 5, last: 60 } as const;

/** The interval of polling for changes of other devices while the page is visible: 「已同步」 is never older. */
const POLL_SECONDS = 15;

/** The time in which a deletion can be undone. */
const UNDO_SECONDS = 6;

/** The operation that undoes the last deletion. */
let undoing: Operation | undefined;
let undoTimer = 0;
let isVisible = false;
let retry = 0;
let retrySeconds: number = RETRY_SECONDS.first;
let onNetwork: () => void;
/** Whether the phone has no network at all. */
let isOffline = false;
/** Who ended the session of this phone elsewhere, as the service says: decides what the page shows after the login. */
let endedBy: unknown;

/** Its answer arrives before a request of the same moment can fail. */
function noteNetwork(): void {
  wx.getNetworkType({
    success: ({ networkType }) => {
      isOffline = networkType === 'none';
    },
  });
}

Component({
  data: {
    /** 'loading': nothing to show yet; 'ready': the list; 'error' and 'logged_out': `message` and a button. */
    phase: 'loading',
    message: '',
    /** 'done': synchronised within the last polling interval; 'running', 'offline', or 'failed' with its `message`. */
    sync: 'running',
    /** The text of the last deleted entry while that can be undone, otherwise `''`. */
    deleted: '',
    pending: 0,
    isKept: true,
    open: [] as Item[],
    finished: [] as Item[],
    folded: false,
    /** The consents that a login needs; empty if none is missing. */
    required: [] as unknown[],
    draft: '',
  },

  methods: {
    onLoad() {
      onNetwork = () => {
        noteNetwork();
        void this.refresh();
      };
      wx.onNetworkStatusChange(onNetwork);
      noteNetwork();
    },

    onShow() {
      isVisible = true;
      this.setData({ required: [] });
      return this.refresh();
    },

    onHide() {
      isVisible = false;
      clearTimeout(retry);
      this.endUndo();
    },

    onUnload() {
      isVisible = false;
      clearTimeout(retry);
      clearTimeout(undoTimer);
      wx.offNetworkStatusChange(onNetwork);
    },

    async onPullDownRefresh() {
      await this.refresh();
      await wx.stopPullDownRefresh();
    },

    /** Shows the data on the phone, then that of the service. */
    async refresh() {
      clearTimeout(retry);
      const user = passport.currentUser();
      if (user) this.show(listOf(user.id));
      else if (this.data.phase !== 'ready') this.setData({ phase: 'loading' });
      try {
        await this.syncList(listOf((await passport.ready()).id));
      } catch (error) {
        this.fail(error);
      }
    },

    async onLogin() {
      this.setData({ required: [] });
      await this.refresh();
      if (endedBy === 'deletion') await wx.navigateTo({ url: '/pages/account/index' });
      // The list of devices has the device that ended the session, unless it was logged out since.
      else if (endedBy !== undefined) await wx.switchTab({ url: '/pages/me/index' });
      endedBy = undefined;
    },

    onRefusal() {
      this.setData({ required: [] });
    },

    /** Logs in at the user's request: also after a logout and during the pause after failures. */
    async logIn() {
      this.setData({ phase: 'loading' });
      try {
        await passport.login();
        await this.onLogin();
      } catch (error) {
        this.fail(error);
      }
    },

    onDraft(event: WechatMiniprogram.Input) {
      this.setData({ draft: event.detail.value });
    },

    add() {
      const content = this.data.draft.trim();
      if (content === '') return;
      this.setData({ draft: '' });
      return this.change({ kind: 'add', item: { id: randomId(), content, checked: false } });
    },

    onOperation(event: WechatMiniprogram.CustomEvent<Operation>) {
      if (event.detail.kind === 'remove') this.offerUndo(event.detail.id);
      return this.change(event.detail);
    },

    /** Stores an entry and its position before it is removed, to undo the removal. */
    offerUndo(id: string) {
      const items = listOf(passport.currentUser()?.id ?? '').items ?? [];
      const at = items.findIndex((item) => String(item.id) === id);
      const [item, next] = [items[at], items[at + 1]];
      if (!item) return;
      undoing = { kind: 'add', item, ...(next && { before: String(next.id) }) };
      clearTimeout(undoTimer);
      undoTimer = setTimeout(() => {
        this.endUndo();
      }, UNDO_SECONDS * 1000);
      this.setData({ deleted: item.content });
    },

    undo() {
      const operation = undoing;
      this.endUndo();
      return operation && this.change(operation);
    },

    endUndo() {
      clearTimeout(undoTimer);
      undoing = undefined;
      this.setData({ deleted: '' });
    },

    fold() {
      this.setData({ folded: !this.data.folded });
    },

    async change(operation: Operation) {
      const user = passport.currentUser();
      if (!user) return;
      const list = listOf(user.id);
      list.change(operation);
      this.show(list);
      try {
        await this.syncList(list);
      } catch (error) {
        this.fail(error);
      }
    },

    async syncList(list: TodoList) {
      clearTimeout(retry);
      // A poll without changes does not update the page.
      if (this.data.sync !== 'done' || list.pending > 0) this.setData({ sync: 'running' });
      await list.sync();
      retrySeconds = RETRY_SECONDS.first;
      this.setData({ sync: 'done' });
      this.show(list);
      clearTimeout(retry);
      if (isVisible) retry = setTimeout(() => void this.refresh(), POLL_SECONDS * 1000);
    },

    show(list: TodoList) {
      const { items, pending, isKept } = list;
      // The answer to a call that was made before a logout may arrive after it.
      if (!items || passport.currentUser()?.id !== list.userId) return;
      this.setData({
        phase: 'ready',
        pending,
        isKept,
        // The newest entry is first, so that it is visible however long the list is.
        open: items.filter(({ checked }) => !checked).reverse(),
        finished: items.filter(({ checked }) => checked).reverse(),
      });
    },

    /** Shows the error. The list stays visible, because it works without the service. */
    fail(error: unknown) {
      console.warn(error);
      const code = error instanceof Problem ? error.code : '';
      if (code === 'logged_out') {
        endedBy = (error as Problem).body['ended_by'];
        this.setData({ phase: 'logged_out', message: explain(error), open: [], finished: [] });
        return;
      }
      const required = missingConsents(error);
      if (required) this.setData({ required });
      if (code === 'user_changed') {
        this.setData({ phase: 'loading', open: [], finished: [] });
        void this.refresh();
        return;
      }
      const user = passport.currentUser();
      if (user) this.show(listOf(user.id));
      this.setData({
        // With a network the service is down, or an answer was lost.
        sync: code === 'network_failed' && isOffline ? 'offline' : 'failed',
        message: explain(error),
        ...(this.data.phase === 'loading' && { phase: 'error' }),
      });
      if (!required && (isVisible || this.data.pending > 0)) this.retryLater(error);
    },

    retryLater(error: unknown) {
      const asked = error instanceof Problem ? (error.retryAfterSeconds ?? 0) : 0;
      clearTimeout(retry);
      retry = setTimeout(() => void this.refresh(), Math.max(asked, retrySeconds) * 1000);
      retrySeconds = Math.min(retrySeconds * 2, RETRY_SECONDS.last);
    },
  },
});
