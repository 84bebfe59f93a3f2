import type { Item } from '../../todo/items';
import type { Operation } from '../../todo/operations';

const NOTHING: Item = { id: '', content: '', checked: false };

/** The distance in px from which a pull counts as a swipe, and the width of the button behind the row. */
const SWIPE_PX = 40;
const BUTTON_PX = 80;

let startX = 0;
let startY = 0;

/** One entry of the list. Reports to its page what the user does to it, as an event `operation`. */
Component({
  properties: {
    item: { type: Object, value: NOTHING },
  },

  data: {
    editing: false,
    text: '',
    /** How far the row is pulled to the left, in px. */
    shift: 0,
  },

  methods: {
    toggle() {
      const { id, checked } = this.data.item;
      this.emitOperation({ kind: 'check', id: String(id), checked: !checked });
    },

    edit() {
      this.setData({ editing: true, text: this.data.item.content });
    },

    onText(event: WechatMiniprogram.Input) {
      this.setData({ text: event.detail.value });
    },

    /** Runs twice if the confirm key of the keyboard also removes the focus. */
    save() {
      if (!this.data.editing) return;
      const { id, content: before } = this.data.item;
      const content = this.data.text.trim();
      this.setData({ editing: false });
      if (content !== '' && content !== before) this.emitOperation({ kind: 'edit', id: String(id), content });
    },

    /** Does not ask for confirmation, because the page offers to undo it. */
    remove() {
      this.setData({ shift: 0 });
      this.emitOperation({ kind: 'remove', id: String(this.data.item.id) });
    },

    onTouchStart({ touches }: WechatMiniprogram.TouchEvent) {
      startX = touches[0]?.clientX ?? 0;
      startY = touches[0]?.clientY ?? 0;
    },

    onTouchEnd({ changedTouches }: WechatMiniprogram.TouchEvent) {
      const [touch] = changedTouches;
      if (!touch) return;
      const [right, down] = [touch.clientX - startX, touch.clientY - startY];
      if (Math.abs(right) < SWIPE_PX || Math.abs(right) < Math.abs(down)) return;
      this.setData({ shift: right < 0 ? BUTTON_PX : 0 });
    },

    emitOperation(operation: Operation) {
      this.triggerEvent('operation', operation);
    },
  },
});
