import { html, htmlButton } from '../html.js';
import { type FromPhone, type LocalMessage, type Network, storagePrefix, type ToPhone } from '../link.js';
import { networkSwitch } from './network-switch.js';
import { phoneBadge } from './phone-badge.js';
import type { PhoneSetup } from './preferences.js';
import { texts } from './texts.js';
import { Hands } from './stories/hands.js';
import { TokenView } from './token-view.js';
import { userField } from './user-field.js';

const words = texts.phone;

/** The callbacks that a panel calls. */
interface Listener {
  changed: (setup: PhoneSetup) => void;
  happened: (message: LocalMessage) => void;
  /** The users to suggest. */
  users: () => readonly string[];
  userTyped: (user: string) => void;
}

/** One phone with its switches and the tokens it keeps. */
export class PhonePanel {
  readonly element: HTMLElement;
  readonly hands: Hands;
  readonly #frame = html('iframe', 'screen');
  readonly #tokens: TokenView;
  #setup: PhoneSetup;
  readonly #background = htmlButton('', words.background, () => this.#setVisible(!this.#visible));
  readonly #lacks = html('p', 'lacks');
  #visible = true;
  #opened: () => void = () => undefined;

  constructor(
    private readonly id: string,
    setup: PhoneSetup,
    private readonly listener: Listener,
  ) {
    this.#setup = setup;
    this.#tokens = new TokenView(id);
    this.hands = new Hands(this.#frame, () => storagePrefix(id, this.user));
    this.#frame.title = words.name(id);
    this.element = html(
      'section',
      'phone',
      html(
        'div',
        'controls',
        userField(
          id,
          phoneBadge(id, words.name(id)),
          setup.user,
          () => listener.users(),
          (user) => {
            listener.userTyped(user);
            this.#change({ user });
          },
        ),
        networkSwitch(id, setup.network, (network) => this.#change({ network })),
        html(
          'div',
          'buttons',
          htmlButton('', words.reopen, () => void this.reopen()),
          htmlButton('', words.pullDown, () => this.pullDown()),
          this.#background,
        ),
      ),
      this.#lacks,
      html('div', 'bezel', this.#frame),
      this.#tokens.element,
    );
    this.element.ariaLabel = words.name(id);
    addEventListener('message', (event: MessageEvent<FromPhone>) => {
      if (event.source === this.#frame.contentWindow && event.origin === location.origin)
        this.#receive(event.data);
    });
    void this.reopen();
  }

  get user(): string {
    return this.#setup.user;
  }

  /** Closes the mini-program and opens it, and waits until it runs. */
  reopen(): Promise<void> {
    const { user, network } = this.#setup;
    this.#setVisible(true);
    this.#lacks.textContent = '';
    this.#frame.src = `/phone/?${new URLSearchParams({ phone: this.id, user, network }).toString()}`;
    return new Promise((resolve) => {
      // Who waits for the one before goes on with this one.
      const before = this.#opened;
      this.#opened = () => {
        before();
        resolve();
      };
    });
  }

  /** How long the access token of this phone still lives; 0 without one. */
  get accessLeftMs(): number {
    return this.#tokens.accessLeftMs;
  }

  setClock(aheadMs: number): void {
    this.#post({ type: 'clock', aheadMs });
  }

  pullDown(): void {
    this.#post({ type: 'pull-down' });
  }

  /** Hands the phone to another user, as the field does. */
  async setUser(user: string): Promise<void> {
    const field = this.element.querySelector<HTMLInputElement>('.user input');
    if (field) field.value = user;
    this.#setup = { ...this.#setup, user };
    this.listener.changed(this.#setup);
    await this.reopen();
  }

  /** Switches the network, as its buttons do. */
  setNetwork(network: Network): void {
    this.element.querySelector<HTMLInputElement>(`.network [value=${network}]`)?.click();
  }

  #setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#background.ariaPressed = String(!visible);
    this.#post({ type: 'visibility', visible });
  }

  #change(change: { user: string } | { network: Network }): void {
    if ('user' in change) {
      void this.setUser(change.user);
      return;
    }
    this.#setup = { ...this.#setup, ...change };
    this.listener.changed(this.#setup);
    this.#post({ type: 'network', network: change.network });
  }

  #post(message: ToPhone): void {
    this.#frame.contentWindow?.postMessage(message, location.origin);
  }

  #noteLack(what: string): void {
    const known = this.#lacks.textContent;
    this.#lacks.textContent = known ? `${known}, ${what}` : words.lacks(what);
  }

  #receive(message: FromPhone): void {
    if (message.type === 'tokens') this.#tokens.show(message.tokens);
    else if (message.type === 'lacks') this.#noteLack(message.what);
    else if (message.type === 'happened') this.listener.happened(message.message);
    // The phone was opened with the network of its address, which may have been switched since.
    else {
      this.#post({ type: 'network', network: this.#setup.network });
      this.#opened();
    }
  }
}
