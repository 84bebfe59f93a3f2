import { html, htmlButton } from '../html.js';
import type { FromPhone, LocalMessage, Network, ToPhone } from '../link.js';
import { networkSwitch } from './network-switch.js';
import type { PhoneSetup } from './preferences.js';
import { TokenView } from './token-view.js';
import { userField } from './user-field.js';

/** The callbacks that a panel calls. */
interface Listener {
  changed: (setup: PhoneSetup) => void;
  happened: (message: LocalMessage) => void;
}

/** One phone with its switches and the tokens it keeps. */
export class PhonePanel {
  readonly element: HTMLElement;
  readonly #frame = html('iframe', 'screen');
  readonly #tokens: TokenView;
  #setup: PhoneSetup;
  readonly #background = htmlButton('', 'Background 后台', () => this.#setVisible(!this.#visible));
  #visible = true;

  constructor(
    private readonly id: string,
    setup: PhoneSetup,
    private readonly listener: Listener,
  ) {
    this.#setup = setup;
    this.#tokens = new TokenView(id);
    this.#frame.title = `Phone ${id} 手机`;
    this.element = html(
      'section',
      'phone',
      html(
        'div',
        'controls',
        userField(id, setup.user, (user) => this.#change({ user })),
        networkSwitch(id, setup.network, (network) => this.#change({ network })),
        html(
          'div',
          'buttons',
          htmlButton('', 'Reopen 重开', () => this.#open()),
          htmlButton('', 'Pull down 下拉', () => this.#tell({ type: 'pull-down' })),
          this.#background,
        ),
      ),
      html('div', 'bezel', this.#frame),
      this.#tokens.element,
    );
    this.element.ariaLabel = `Phone ${id}`;
    addEventListener('message', (event: MessageEvent<FromPhone>) => {
      if (event.source === this.#frame.contentWindow && event.origin === location.origin)
        this.#hear(event.data);
    });
    this.#open();
  }

  #open(): void {
    const { user, network } = this.#setup;
    this.#setVisible(true);
    this.#frame.src = `/phone/?${new URLSearchParams({ phone: this.id, user, network }).toString()}`;
  }

  #setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#background.ariaPressed = String(!visible);
    this.#tell({ type: 'visibility', visible });
  }

  #change(change: { user: string } | { network: Network }): void {
    this.#setup = { ...this.#setup, ...change };
    this.listener.changed(this.#setup);
    if ('user' in change) this.#open();
    else this.#tell({ type: 'network', network: change.network });
  }

  #tell(message: ToPhone): void {
    this.#frame.contentWindow?.postMessage(message, location.origin);
  }

  #hear(message: FromPhone): void {
    if (message.type === 'tokens') this.#tokens.show(message.tokens);
    else if (message.type === 'happened') this.listener.happened(message.message);
    // The phone was opened with the network of its address, which may have been switched since.
    else this.#tell({ type: 'network', network: this.#setup.network });
  }
}
