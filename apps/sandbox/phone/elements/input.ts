import { offerNickname } from './nickname-offer.js';
import { TextField } from './text-field.js';

const INPUT_MODES: Readonly<Record<string, string>> = { number: 'numeric', digit: 'decimal', idcard: 'text' };

/**
 * `<input>`. With `type="nickname"` the phone offers the user's WeChat nickname while it has the focus.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/input.html
 */
export class WxInput extends TextField {
  protected override readonly field = document.createElement('input');

  protected override setType(type: string): void {
    this.field.inputMode = INPUT_MODES[type] ?? 'text';
    this.field.type = this.hasAttribute('password') ? 'password' : 'text';
  }

  protected override listen(): void {
    super.listen();
    this.field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) this.confirm();
    });
    this.field.addEventListener('focus', () => {
      if (this.getAttribute('type') === 'nickname') offerNickname(this.field, (name) => this.take(name));
    });
  }

  // No `input` event: phones raise none for a nickname that was picked, so it is read when the form is submitted.
  private take(nickname: string): void {
    this.field.value = nickname;
    this.raise('nicknamereview', { pass: true, timeout: false });
  }
}

/**
 * `<textarea>`.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/textarea.html
 */
export class WxTextarea extends TextField {
  protected override readonly field = document.createElement('textarea');
}
