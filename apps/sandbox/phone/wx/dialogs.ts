import { html, htmlButton } from '../html.js';
import { openSheet } from '../runtime/sheet.js';
import { answer, type Callbacks, Failure } from './callbacks.js';

interface ModalOptions extends Callbacks {
  title?: string;
  content?: string;
  showCancel?: boolean;
  cancelText?: string;
  confirmText?: string;
  confirmColor?: string;
  editable?: boolean;
  placeholderText?: string;
}

interface ActionSheetOptions extends Callbacks {
  itemList: string[];
  alertText?: string;
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/ui/interact/wx.showModal.html */
function showModal(options: ModalOptions) {
  return answer('showModal', options, async () => {
    const { title = '', content = '', showCancel = true, editable = false } = options;
    const field = html('input', 'modal-field');
    field.placeholder = options.placeholderText ?? '';
    field.ariaLabel = title || field.placeholder;
    const choice = await openSheet('modal', title || content, (choose) => {
      const confirm = htmlButton('modal-confirm', options.confirmText ?? '确定', () => choose(1));
      if (options.confirmColor) confirm.style.color = options.confirmColor;
      const cancel = htmlButton('modal-cancel', options.cancelText ?? '取消', () => choose(0));
      if (editable) field.value = content;
      return [
        ...(title ? [html('h2', 'modal-title', title)] : []),
        editable ? field : html('p', 'modal-content', content),
        html('div', 'modal-buttons', ...(showCancel ? [cancel] : []), confirm),
      ];
    });
    const confirm = choice === 1;
    return { confirm, cancel: !confirm, content: editable && confirm ? field.value : null };
  });
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/ui/interact/wx.showActionSheet.html */
function showActionSheet(options: ActionSheetOptions) {
  return answer('showActionSheet', options, async () => {
    const tapIndex = await openSheet('bottom', options.alertText ?? '操作', (choose) => [
      ...(options.alertText ? [html('p', 'bottom-title', options.alertText)] : []),
      ...options.itemList.map((text, index) => htmlButton('bottom-item', text, () => choose(index))),
      htmlButton('bottom-item bottom-cancel', '取消', () => choose()),
    ]);
    if (tapIndex === undefined) throw new Failure('cancel');
    return { tapIndex };
  });
}

export const dialogFunctions = { showModal, showActionSheet };
