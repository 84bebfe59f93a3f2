import { Problem } from 'weapp-passport-client';
import { explain } from 'weapp-passport-client/explain';
import { passport } from '../../passport';
import { listOf } from '../../todo/current-list';
import type { Item } from '../../todo/items';
import type { Operation } from '../../todo/operations';
import { randomId } from '../../todo/random-id';
import type { TodoList } from '../../todo/todo-list';

/** How long after a failed sync the next one runs by itself while something is left to send, twice as long each time. */
const RETRY_SECONDS = { first: 5, last: 60 } as const;

/** How often the page asks for changes of other devices while it is visible: «已同步» is that old at most. */
const POLL_SECONDS = 15;

/** How long a deletion can be undone. */
const UNDO_SECONDS = 6;

/** What undoes the last deletion. */
let undoing: Operation | undefined;
let undoTimer = 0;
let isVisible = false;
let retry = 0;
let retrySeconds: number = RETRY_SECONDS.first;
let onNetwork: () => void;
/** Whether a person ended this phone's session from elsewhere: then the user looks at the devices after the login. */
let endedElsewhere = false;

Component({
  data: {
    /** 'loading': nothing to show yet; 'ready': the list; 'error' and 'logged_out': `message` and a button. */
    phase: 'loading',
    message: '',
    /** 'done': in step with the service, not longer ago than a poll; 'running', 'offline', or 'failed' with its `message`. */
    sync: 'running',
    /** What was deleted last, as long as that can be undone; `''` otherwise. */
    deleted: '',
    pending: 0,
    isKept: true,
    open: [] as Item[],
    finished: [] as Item[],
    folded: false,
    draft: '',
  },

  methods: {
    onLoad() {
      onNetwork = () => void this.refresh();
      wx.onNetworkStatusChange(onNetwork);
    },

    onShow() {
      isVisible = true;
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

    /** Shows what the phone has, then what the service has. */
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

    /** The user's own act: after a logout, and during a pause after failures too. */
    async logIn() {
      this.setData({ phase: 'loading' });
      try {
        await passport.login();
        await this.refresh();
        // Whoever ended the session is in the list of devices, or was.
        if (endedElsewhere) await wx.switchTab({ url: '/pages/me/index' });
        endedElsewhere = false;
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

    /** Remembers an entry and its place before it is removed. */
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
      // A poll that finds nothing new changes nothing on the page.
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
      // The answer to a call from before a logout may come after it.
      if (!items || passport.currentUser()?.id !== list.userId) return;
      this.setData({
        phase: 'ready',
        pending,
        isKept,
        // The last one written first: it is on the screen, however long the list is.
        open: items.filter(({ checked }) => !checked).reverse(),
        finished: items.filter(({ checked }) => checked).reverse(),
      });
    },

    /** The list stays on the screen: it is the user's, with or without the service. */
    fail(error: unknown) {
      console.warn(error);
      const code = error instanceof Problem ? error.code : '';
      if (code === 'logged_out') {
        endedElsewhere = (error as Problem).body['ended_by'] !== undefined;
        this.setData({ phase: 'logged_out', message: explain(error), open: [], finished: [] });
        return;
      }
      if (code === 'user_changed') {
        this.setData({ phase: 'loading', open: [], finished: [] });
        void this.refresh();
        return;
      }
      const user = passport.currentUser();
      if (user) this.show(listOf(user.id));
      this.setData({
        sync: code === 'network_failed' ? 'offline' : 'failed',
        message: explain(error),
        ...(this.data.phase === 'loading' && { phase: 'error' }),
      });
      if (isVisible || this.data.pending > 0) this.retryLater(error);
    },

    retryLater(error: unknown) {
      const asked = error instanceof Problem ? (error.retryAfterSeconds ?? 0) : 0;
      clearTimeout(retry);
      retry = setTimeout(() => void this.refresh(), Math.max(asked, retrySeconds) * 1000);
      retrySeconds = Math.min(retrySeconds * 2, RETRY_SECONDS.last);
    },
  },
});
