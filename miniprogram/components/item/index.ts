import type { Item } from '../../todo/items';
import type { Operation } from '../../todo/operations';

const NOTHING: Item = { id: '', content: '', checked: false };

/** One entry of the list. Tells its page what the user does to it, as an event `operation`. */
Component({
  properties: {
    item: { type: Object, value: NOTHING },
  },

  data: {
    editing: false,
    text: '',
  },

  methods: {
    toggle() {
      const { id, checked } = this.data.item;
      this.tell({ kind: 'check', id: String(id), checked: !checked });
    },

    edit() {
      this.setData({ editing: true, text: this.data.item.content });
    },

    onText(event: WechatMiniprogram.Input) {
      this.setData({ text: event.detail.value });
    },

    /** Runs twice when the keyboard's own key takes the focus away as well. */
    save() {
      if (!this.data.editing) return;
      const { id, content: before } = this.data.item;
      const content = this.data.text.trim();
      this.setData({ editing: false });
      if (content !== '' && content !== before) this.tell({ kind: 'edit', id: String(id), content });
    },

    remove() {
      const { id, content } = this.data.item;
      wx.showModal({
        title: '删除这一项？',
        content,
        confirmText: '删除',
        success: ({ confirm }) => {
          if (confirm) this.tell({ kind: 'remove', id: String(id) });
        },
      });
    },

    tell(operation: Operation) {
      this.triggerEvent('operation', operation);
    },
  },
});
