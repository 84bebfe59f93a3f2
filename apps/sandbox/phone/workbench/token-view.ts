import { html } from '../html.js';
import type { KeptToken } from '../link.js';
import { texts } from './texts.js';
import { dateAndTime, lasting } from './times.js';

type Kind = 'access' | 'refresh';
type Claims = Readonly<Record<string, unknown>>;

const words = texts.tokens;

/** The tokens that one phone stores: what is in them, what the last renewal changed, and how long they still live. */
export class TokenView {
  readonly element = html('section', 'tokens');
  /** The token of each kind that is shown, and the one before it. */
  readonly #shown = new Map<Kind, Claims>();
  readonly #before = new Map<Kind, Claims>();
  #clocks: (() => void)[] = [];
  #accessExpiresAtMs = 0;

  constructor(phone: string) {
    this.element.ariaLabel = words.region(phone);
    this.show([]);
    setInterval(() => {
      for (const tick of this.#clocks) tick();
    }, 1000);
  }

  get accessLeftMs(): number {
    return Math.max(0, this.#accessExpiresAtMs - Date.now());
  }

  show(tokens: readonly KeptToken[]): void {
    this.#clocks = [];
    const access = tokens.find(({ claims }) => claims['token_type'] !== 'refresh');
    this.#accessExpiresAtMs = Number(access?.claims['exp'] ?? 0) * 1000;
    const open = new Set(
      [...this.element.querySelectorAll('details[open]')].map(({ className }) => className),
    );
    this.element.replaceChildren(
      ...(tokens.length === 0 ? [html('p', 'none', words.none)] : tokens.map((token) => this.#card(token))),
    );
    for (const details of this.element.querySelectorAll('details'))
      details.open = open.has(details.className);
  }

  #card({ masked, header, claims }: KeptToken): HTMLElement {
    const kind = claims['token_type'] === 'refresh' ? 'refresh' : 'access';
    const content = { ...header, ...claims };
    const before = this.#noteChange(kind, content);
    const clock = html('time', 'clock');
    const tick = () => {
      const seconds = Number(claims['exp']) - Math.floor(Date.now() / 1000);
      clock.textContent = seconds > 0 ? lasting(seconds) : words.expired;
      clock.classList.toggle('over', seconds <= 0);
    };
    tick();
    this.#clocks.push(tick);
    return html(
      'details',
      `token token-${kind}`,
      html('summary', '', html('strong', '', kind), html('code', '', masked), clock),
      html('dl', '', ...Object.keys(content).flatMap((name) => rowOf(name, content, before))),
    );
  }

  /** Returns the token before this one, if it was the same user's. */
  #noteChange(kind: Kind, content: Claims): Claims | undefined {
    const last = this.#shown.get(kind);
    if (last && last['jti'] !== content['jti']) this.#before.set(kind, last);
    this.#shown.set(kind, content);
    const before = this.#before.get(kind);
    return before?.['sub'] === content['sub'] ? before : undefined;
  }
}

function rowOf(name: string, content: Claims, before: Claims | undefined): HTMLElement[] {
  const value = readable(name, content[name]);
  const old = before && readable(name, before[name]);
  const isChanged = old !== undefined && old !== value;
  const row = html('dd', isChanged ? 'changed' : '', value);
  if (isChanged) row.append(html('small', 'was', words.was(old)));
  const meaning = words.claims[name];
  if (meaning !== undefined) row.append(html('small', '', meaning));
  return [html('dt', '', name), row];
}

function readable(name: string, value: unknown): string {
  if ((name === 'exp' || name === 'iat') && typeof value === 'number') return dateAndTime(value * 1000);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
