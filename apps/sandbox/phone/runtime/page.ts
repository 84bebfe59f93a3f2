import { parts } from 'mini-program:code';
import type { WindowJson } from './app-json.js';
import { createPage } from './engine.js';
import type { EventChannel } from './event-channel.js';

/** What is called on a page besides its handlers. */
type PageCaller = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/** A page that was opened: one entry of the page stack. */
export class Page {
  readonly json: WindowJson;
  /** Set by `wx.setNavigationBarTitle`. */
  title: string | undefined;
  /** The frame of the page, which its fixed parts stay in; the part inside it scrolls. */
  readonly element = document.createElement('section');
  readonly scroller = document.createElement('div');
  readonly #root;
  #ready = false;

  constructor(
    readonly path: string,
    private readonly query: Readonly<Record<string, string>>,
    channel: EventChannel,
  ) {
    this.json = parts[path]?.json ?? {};
    this.element.className = 'page';
    this.element.hidden = true;
    this.scroller.className = 'page-scroller';
    this.element.append(this.scroller);
    this.#root = createPage(path);
    // Writable, as on a phone: frameworks write them again.
    Object.defineProperties(this.caller, {
      route: { value: path, writable: true },
      options: { value: query, writable: true },
      getOpenerEventChannel: { value: () => channel, writable: true },
    });
  }

  /** The page as the mini-program sees it: its data, setData and methods. */
  get caller(): PageCaller {
    return this.#root.get() as unknown as PageCaller;
  }

  /** Puts the page on the screen's stack. Its `onLoad` runs first, as on a phone. */
  open(screen: HTMLElement): void {
    this.call('onLoad', this.query);
    const placeholder = document.createElement('i');
    this.scroller.append(placeholder);
    screen.append(this.element);
    this.#root.attach(this.scroller as never, placeholder as never);
  }

  show(): void {
    this.element.hidden = false;
    this.#root.getComponent().triggerPageLifetime('show', []);
    this.call('onShow');
    if (this.#ready) return;
    this.#ready = true;
    this.call('onReady');
  }

  /** Another page comes in front of it. */
  hide(): void {
    this.element.hidden = true;
    this.leave();
  }

  /** The mini-program goes to the background with this page in front. */
  leave(): void {
    this.#root.getComponent().triggerPageLifetime('hide', []);
    this.call('onHide');
  }

  close(): void {
    this.call('onUnload');
    this.#root.release();
    this.element.remove();
  }

  /** Calls a lifetime function of the page, if it has one. A page that throws stops nothing else. */
  call(lifetime: string, ...args: unknown[]): void {
    try {
      this.caller[lifetime]?.(...args);
    } catch (error) {
      console.error(`${this.path} ${lifetime}`, error);
    }
  }
}
