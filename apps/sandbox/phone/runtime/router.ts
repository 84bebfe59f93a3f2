import { app, parts } from 'mini-program:code';
import { Failure } from '../wx/callbacks.js';
import { EventChannel } from './event-channel.js';
import { Page } from './page.js';

const MAX_STACK = 10;

/** The page stack, the pages of the tabs, and the ways from one page to another. */
class Router {
  /** Called after each change of the page in front. */
  onChange: (front: Page) => void = () => undefined;
  #stack: Page[] = [];
  readonly #tabs = new Map<string, Page>();
  #screen = document.body;

  /** Opens the first page of app.json. */
  start(screen: HTMLElement): void {
    this.#screen = screen;
    const first = app.pages[0];
    if (first === undefined) throw new Error('app.json lists no page');
    this.reLaunch(`/${first}`);
  }

  /** The pages from the first to the one in front. */
  get stack(): readonly Page[] {
    return this.#stack;
  }

  get front(): Page | undefined {
    return this.#stack.at(-1);
  }

  /** @param events what listens to the page that is opened */
  navigateTo(url: string, events?: ConstructorParameters<typeof EventChannel>[0]): EventChannel {
    const { path, query } = this.target(url);
    if (isTab(path)) throw new Failure('can not navigateTo a tabbar page');
    if (this.#stack.length >= MAX_STACK) throw new Failure('webview count limit exceed');
    this.front?.hide();
    const channel = new EventChannel(events);
    this.push(this.create(path, query, channel));
    return channel;
  }

  redirectTo(url: string): void {
    const { path, query } = this.target(url);
    if (isTab(path)) throw new Failure('can not redirectTo a tabbar page');
    this.#stack.pop()?.close();
    this.push(this.create(path, query));
  }

  navigateBack(delta: number): void {
    if (this.#stack.length < 2) throw new Failure('cannot navigate back at first page.');
    for (let left = delta; left > 0 && this.#stack.length > 1; left--) this.#stack.pop()?.close();
    this.reveal();
  }

  switchTab(url: string): void {
    const { path } = this.target(url);
    if (!isTab(path)) throw new Failure('can not switch to no-tabBar page');
    if (this.front?.path === path) return;
    this.front?.hide();
    for (const page of this.#stack) if (!isTab(page.path)) page.close();
    this.#stack = [];
    // A tab takes no query.
    this.push(this.#tabs.get(path) ?? this.create(path, {}));
  }

  reLaunch(url: string): void {
    const { path, query } = this.target(url);
    for (const page of new Set([...this.#stack, ...this.#tabs.values()])) page.close();
    this.#stack = [];
    this.#tabs.clear();
    this.push(this.create(path, query));
  }

  /** Writes another title over the page in front. */
  setTitle(title: string): void {
    if (!this.front) return;
    this.front.title = title;
    this.onChange(this.front);
  }

  private create(path: string, query: Record<string, string>, channel = new EventChannel()): Page {
    const page = new Page(path, query, channel);
    if (isTab(path)) this.#tabs.set(path, page);
    page.open(this.#screen);
    return page;
  }

  private push(page: Page): void {
    this.#stack.push(page);
    this.reveal();
  }

  private reveal(): void {
    const { front } = this;
    if (!front) return;
    front.show();
    this.onChange(front);
  }

  /** @param url as a mini-program writes it: `/pages/x/index?a=b`, or relative to the page in front */
  private target(url: string): { path: string; query: Record<string, string> } {
    const from = new URL(this.front?.path ?? '', 'page:///');
    const [place = '', query = ''] = url.split(/\?(.*)/s);
    const path = new URL(place, from).pathname.slice(1);
    if (!app.pages.includes(path) || !parts[path]) throw new Failure(`page "${path}" is not found`);
    return { path, query: valuesOf(query) };
  }
}

/** The values of a query, encoded as they are written: a page decodes them itself. */
function valuesOf(query: string): Record<string, string> {
  const pairs = query.split('&').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => pair.split(/=(.*)/s)).map(([name = '', value = '']) => [name, value]),
  );
}

/** Whether a page belongs to the tab bar. */
export function isTab(path: string): boolean {
  return app.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false;
}

/** The one router of this phone. */
export const router = new Router();
