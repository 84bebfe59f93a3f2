import { html, htmlButton } from '../html.js';
import { USER } from '../runtime/phone.js';

/** Offers the user's WeChat nickname for a field that has the focus, until it loses it. */
export function offerNickname(field: HTMLInputElement, take: (nickname: string) => void): void {
  const nickname = USER.charAt(0).toUpperCase() + USER.slice(1);
  const bar = html('div', 'nickname-offer');
  const pick = htmlButton('nickname-pick', `用微信昵称：${nickname}`, () => {
    take(nickname);
    bar.remove();
  });
  // The field must keep the focus, or the bar would be gone before the click.
  pick.addEventListener('mousedown', (event) => {
    event.preventDefault();
  });
  bar.append(pick);
  field.addEventListener('blur', () => setTimeout(() => bar.remove()), { once: true });
  document.body.append(bar);
}
