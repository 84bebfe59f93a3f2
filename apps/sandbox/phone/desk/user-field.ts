import { html } from '../html.js';

const SUGGESTIONS = ['alice', 'bob', 'carol', '小明'];

/** The switch of WeChat users: any name is a user. */
export function userField(phone: string, user: string, onChange: (user: string) => void): HTMLElement {
  const field = html('input', '');
  field.value = user;
  field.maxLength = 64;
  field.spellcheck = false;
  field.autocomplete = 'off';
  field.setAttribute('list', `users-${phone}`);
  const list = html('datalist', '', ...SUGGESTIONS.map((name) => new Option(name)));
  list.id = `users-${phone}`;
  // With its text in place a datalist would suggest that one name only.
  field.addEventListener('focus', () => field.select());
  field.addEventListener('change', () => {
    field.value = field.value.trim() || user;
    user = field.value;
    onChange(user);
  });
  return html('label', 'user', html('span', '', 'WeChat user 用户'), field, list);
}
