import { html } from '../html.js';
import type { KeptToken } from '../link.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The tokens that one phone keeps: what is in them, and how long they still live. */
export class TokenView {
  readonly element = html('section', 'tokens');
  #clocks: (() => void)[] = [];

  constructor(phone: string) {
    this.element.ariaLabel = `Tokens of phone ${phone}`;
    this.show([]);
    setInterval(() => {
      for (const tick of this.#clocks) tick();
    }, 1000);
  }

  show(tokens: readonly KeptToken[]): void {
    this.#clocks = [];
    const open = new Set(
      [...this.element.querySelectorAll('details[open]')].map(({ className }) => className),
    );
    this.element.replaceChildren(
      ...(tokens.length === 0
        ? [html('p', 'none', 'No tokens on this phone 没有令牌')]
        : tokens.map((token) => this.#card(token))),
    );
    for (const details of this.element.querySelectorAll('details'))
      details.open = open.has(details.className);
  }

  #card({ masked, header, claims }: KeptToken): HTMLElement {
    const kind = claims['token_type'] === 'refresh' ? 'refresh' : 'access';
    const clock = html('time', 'clock');
    const tick = () => {
      const seconds = Number(claims['exp']) - Math.floor(Date.now() / 1000);
      clock.textContent = seconds > 0 ? lasting(seconds) : 'expired 已过期';
      clock.classList.toggle('over', seconds <= 0);
    };
    tick();
    this.#clocks.push(tick);
    const rows = Object.entries({ ...header, ...claims }).flatMap(([name, value]) => [
      html('dt', '', name),
      html('dd', '', readable(name, value)),
    ]);
    return html(
      'details',
      `token token-${kind}`,
      html('summary', '', html('strong', '', kind), html('code', '', masked), clock),
      html('dl', '', ...rows),
    );
  }
}

function lasting(seconds: number): string {
  if (seconds >= 2 * DAY) return `${Math.floor(seconds / DAY)} d`;
  if (seconds >= 2 * HOUR) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, '0')}`;
}

function readable(name: string, value: unknown): string {
  if ((name === 'exp' || name === 'iat') && typeof value === 'number') {
    return `${value} = ${new Date(value * 1000).toLocaleTimeString()}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
