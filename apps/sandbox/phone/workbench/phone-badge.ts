import { html } from '../html.js';

/** The number of a phone in its colour, which is the same at the phone and in its messages. */
export function phoneBadge(phone: string, title: string): HTMLElement {
  const badge = html('span', `badge badge-${phone}`, phone);
  badge.title = title;
  return badge;
}
