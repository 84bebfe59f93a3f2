import { changeItems, loadItems } from '../../services/items';
import type { Item } from '../../services/items';
import { withAdded, withChecked } from '../../services/list';
import { explain } from '../../services/problem';

type ItemTap = WechatMiniprogram.BaseEvent<
  WechatMiniprogram.IAnyObject,
  WechatMiniprogram.IAnyObject,
  { id: number | string }
>;

Component({
  data: {
    /** 'loading': waiting for the login and the list; 'ready': the list; 'error': `message` and a retry button. */
    phase: 'loading',
    message: '',
    items: [] as Item[],
    draft: '',
    saving: false,
  },

  methods: {
    onLoad() {
      return this.load();
    },

    async load() {
      this.setData({ phase: 'loading' });
      await this.show(loadItems());
    },

    onDraft(event: WechatMiniprogram.Input) {
      this.setData({ draft: event.detail.value });
    },

    async add() {
      const content = this.data.draft.trim();
      if (content === '' || this.data.saving) return;
      this.setData({ saving: true });
      const saved = await this.show(changeItems((items) => withAdded(items, content)));
      // A failed save keeps the words, and so does typing on while it ran.
      const clear = saved && this.data.draft.trim() === content;
      this.setData({ saving: false, ...(clear && { draft: '' }) });
    },

    async toggle(event: ItemTap) {
      const id = String(event.currentTarget.dataset.id);
      const checked = !this.data.items.find((item) => String(item.id) === id)?.checked;
      await this.show(changeItems((items) => withChecked(items, id, checked)));
    },

    /** Shows the list, or why there is none. True when it came. */
    async show(list: Promise<Item[]>): Promise<boolean> {
      try {
        this.setData({ phase: 'ready', items: await list });
        return true;
      } catch (error) {
        console.warn(error);
        this.setData({ phase: 'error', message: explain(error) });
        return false;
      }
    },
  },
});
