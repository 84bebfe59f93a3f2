import type { ChainMessage } from '../../server/trace/chain.js';
import { html, htmlButton } from '../html.js';

/** A message as it is drawn; what never left the phone has no id. */
export type Drawn = Omit<ChainMessage, 'id'>;

const MAX_DRAWN = 300;
/** After this much silence in milliseconds something new has begun, and a line says so. */
const PAUSE_MS = 2500;
const NEAR_THE_END_PX = 40;

const PARTIES = [
  ['mini-program', 'Mini-program', '小程序'],
  ['service', 'Our service', '服务端'],
  ['wechat', 'WeChat', '微信（沙箱）'],
] as const;

/** The picture of the three parties: each message between them, as it happens. */
export class ChainView {
  readonly element: HTMLElement;
  readonly #list = html('ol', 'messages');
  readonly #scroller = html('div', 'lanes');
  #lastAt = 0;

  constructor() {
    const heads = PARTIES.map(([party, english, chinese]) =>
      html('div', `party party-${party}`, html('strong', '', english), html('span', '', chinese)),
    );
    const clear = htmlButton('clear', 'Clear 清空', () => this.#list.replaceChildren());
    const title = html('h2', '', 'What happens ', html('span', '', '消息往来'));
    this.#scroller.append(this.#list);
    this.#scroller.tabIndex = 0;
    this.#scroller.role = 'region';
    this.#scroller.ariaLabel = 'Messages between mini-program, service and WeChat';
    this.element = html(
      'section',
      'chain',
      html('div', 'chain-top', title, clear),
      html('div', 'parties', ...heads),
      this.#scroller,
    );
  }

  add(message: Drawn): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    const follows = scrollTop + clientHeight > scrollHeight - NEAR_THE_END_PX;
    const item = html('li', classesOf(message), bodyOf(message));
    if (message.at - this.#lastAt > PAUSE_MS) item.classList.add('after-pause');
    this.#lastAt = message.at;
    this.#list.append(item);
    if (this.#list.childElementCount > MAX_DRAWN) this.#list.firstElementChild?.remove();
    if (follows) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}

function classesOf({ from, to, outcome, phone }: Drawn): string {
  const [left = 0, right = 0] = [from, to].map(laneOf).sort();
  const direction = laneOf(from) < laneOf(to) ? 'rightward' : 'leftward';
  return `message lanes-${left}-${right} ${direction} ${outcome} of-phone-${phone || 'none'}`;
}

function laneOf(party: Drawn['from']): number {
  return PARTIES.findIndex(([name]) => name === party);
}

function bodyOf({ label, outcome, phone, detail, from, to }: Drawn): HTMLElement {
  const badge = html('span', 'badge', phone);
  badge.title = `Phone ${phone}`;
  const name = html('span', 'label', outcome === 'lost' ? `✕ ${label}` : label);
  name.title = label;
  const words = html('span', 'words', ...(phone ? [badge] : []), name);
  const hidden = html('span', 'hidden', ` (${from} to ${to}, ${outcome})`);
  const summary = html('summary', '', words, hidden, html('span', 'arrow'));
  return html(
    'details',
    '',
    summary,
    html('pre', '', detail === undefined ? '—' : JSON.stringify(detail, null, 2)),
  );
}
