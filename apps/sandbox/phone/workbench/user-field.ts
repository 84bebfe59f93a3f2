import { html } from '../html.js';
import { texts } from './texts.js';

const SUGGESTIONS = ['alice', 'bob', 'carol', '小明'];

/** The switch of WeChat users: any name is a user. */
export function userField(
  phone: string,
  badge: HTMLElement,
  user: string,
  remembered: () => readonly string[],
  onChange: (user: string) => void,
): HTMLElement {
  const field = html('input', '');
  field.value = user;
  field.maxLength = 64;
  field.spellcheck = false;
  field.autocomplete = 'off';
  field.setAttribute('list', `users-${phone}`);
  const list = html('datalist', '');
  list.id = `users-${phone}`;
  // With its text in place a datalist would suggest that one name only.
  field.addEventListener('focus', () => {
    const names = new Set([...remembered(), ...SUGGESTIONS]);
    list.replaceChildren(...[...names].map((name) => new Option(name)));
    field.select();
  });
  field.addEventListener('change', () => {
    field.value = field.value.trim() || user;
    user = field.value;
    onChange(user);
  });
  return html('label', 'user', html('span', '', badge, ' ', texts.phone.user), field, list);
}
