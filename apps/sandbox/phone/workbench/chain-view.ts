import { html, htmlButton } from '../html.js';
import { type Drawn, messageRow, PARTIES } from './message-row.js';
import { texts } from './texts.js';

export type { Drawn } from './message-row.js';

const MAX_DRAWN = 300;
/** After this much silence in milliseconds something new has begun, and a gap shows it. */
const PAUSE_MS = 2500;
const NEAR_THE_END_PX = 40;
/** So much of the messages before the decisive one stays in sight. */
const ABOVE_DECISIVE_PX = 110;

const words = texts.messages;

/** The picture of the three parties: each message between them, as it happens. */
export class ChainView {
  readonly element: HTMLElement;
  readonly #list = html('ol', 'messages');
  readonly #scroller = html('div', 'lanes');
  readonly #newest = htmlButton('newest', words.newest, () => {
    this.#release();
    this.#follow();
  });
  readonly #rows = new WeakMap<Drawn, HTMLElement>();
  #decisive: HTMLElement | undefined;
  /** The decisive message of a story that is over: newer ones do not move it out of sight until the reader goes on. */
  #held: HTMLElement | undefined;
  #lastAt = 0;
  #lastTop = 0;
  #follows = true;

  constructor() {
    const heads = PARTIES.map((party) => {
      const [name, note] = words.parties[party];
      return html(
        'div',
        `party party-${party}`,
        html('strong', '', String(name)),
        html('span', '', String(note)),
      );
    });
    const clear = htmlButton('clear', words.clear, () => this.#list.replaceChildren());
    this.#scroller.append(this.#list);
    this.#scroller.tabIndex = 0;
    this.#scroller.role = 'region';
    this.#scroller.ariaLabel = words.region;
    this.#scroller.addEventListener('scroll', () => this.#scrolled());
    this.#newest.hidden = true;
    for (const type of ['pointerover', 'focusin', 'pointerleave', 'focusout'])
      this.#list.addEventListener(type, (event) => this.#light(event));
    this.element = html(
      'section',
      'chain card',
      html('div', 'chain-top', html('h2', '', words.title), clear),
      html('div', 'parties', ...heads),
      this.#scroller,
      html('p', 'empty', words.empty),
      this.#newest,
    );
    // The reader goes on: in a phone, which takes the focus of the page, or beside the messages.
    addEventListener('blur', () => this.#release());
    addEventListener('pointerdown', ({ target }) => {
      if (!this.element.contains(target as Node)) this.#release();
    });
    // A row that is opened, or a panel that changes its size, must not lose the newest.
    new ResizeObserver(() => {
      if (this.#follows) this.#follow();
      this.#showNewest();
    }).observe(this.#list);
  }

  add(message: Drawn): void {
    const item = messageRow(message);
    if (message.at - this.#lastAt > PAUSE_MS) item.classList.add('after-pause');
    this.#lastAt = message.at;
    this.#rows.set(message, item);
    this.#list.append(item);
    if (this.#list.childElementCount > MAX_DRAWN) this.#list.firstElementChild?.remove();
  }

  /** Marks a message as the one that decides a story. */
  mark(message: Drawn): void {
    const row = this.#rows.get(message);
    row?.classList.add('decisive');
    row?.querySelector('.words')?.append(html('span', 'hidden', ` (${words.decisive})`));
    this.#decisive = row;
  }

  /** Writes the name of a story above its messages. */
  beginStory(name: string): void {
    this.#decisive = this.#held = undefined;
    this.#list.append(html('li', 'story-begin', html('span', '', name)));
    this.#follow();
  }

  /** Holds the message that decided the story in sight. */
  endStory(): void {
    this.#held = this.#decisive;
    this.#follow();
  }

  #follow(): void {
    const { scrollHeight } = this.#scroller;
    const top = this.#held?.isConnected ? this.#held.offsetTop - ABOVE_DECISIVE_PX : scrollHeight;
    this.#scroller.scrollTop = Math.min(scrollHeight, top);
  }

  #release(): void {
    this.#held = undefined;
  }

  #isNearTheEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    return scrollTop + clientHeight > scrollHeight - NEAR_THE_END_PX;
  }

  #showNewest(): void {
    this.#newest.hidden = this.#isNearTheEnd();
  }

  #scrolled(): void {
    const { scrollTop } = this.#scroller;
    // Only the reader scrolls up: rows that arrive faster than they are followed do not.
    if (this.#isNearTheEnd()) this.#follows = true;
    else if (scrollTop < this.#lastTop) this.#follows = false;
    this.#lastTop = scrollTop;
    this.#showNewest();
    this.#scroller.classList.toggle('scrolled', scrollTop > 0);
  }

  /** Lights the request and the answer that belong together. */
  #light({ type, target }: Event): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('.message') : null;
    const exchange = type === 'pointerover' || type === 'focusin' ? row?.dataset['exchange'] : undefined;
    for (const each of this.#list.querySelectorAll<HTMLElement>('.message'))
      each.classList.toggle('lit', exchange !== undefined && each.dataset['exchange'] === exchange);
  }
}
