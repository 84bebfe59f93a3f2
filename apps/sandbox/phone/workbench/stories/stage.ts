import { ask } from '../ask.js';
import type { ChainView, Drawn } from '../chain-view.js';
import type { PhonePanel } from '../phone-panel.js';
import { texts } from '../texts.js';

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 50;
/** Between two acts, so that a reader can follow them. */
const PACE_MS = 450;

/** What a story looks for among the messages. */
export type Match = (message: Drawn, asked: string) => boolean;

/** The workbench as a story uses it: it acts on the page as a reader would, and waits for messages. */
export class Stage {
  readonly #messages: Drawn[] = [];
  readonly #asked = new Map<string, string>();
  #next = 0;

  /** @param openPhone gives a phone's panel, and puts it on the workbench first if it is not there */
  constructor(
    private readonly chain: ChainView,
    private readonly openPhone: (id: string) => PhonePanel,
    /** Moves the clock of service and phones forward by so many milliseconds. */
    readonly moveClock: (ms: number) => Promise<void>,
  ) {}

  /** Notes a message of the chain. */
  hear(message: Drawn): void {
    this.#messages.push(message);
    if (message.request) this.#asked.set(String(message.exchange), message.label);
  }

  /** Opens phones of a user who was never here, and waits until their lists are there. */
  async begin(...phones: string[]): Promise<void> {
    const user = `demo-${Date.now().toString(36).slice(-5)}`;
    await this.sandbox('DELETE', '/sandbox/faults');
    for (const id of phones) {
      const panel = this.openPhone(id);
      panel.setNetwork('online');
      this.#next = this.#messages.length;
      let isOpen = false;
      void panel.setUser(user).then(() => (isOpen = true));
      await this.until(() => isOpen || undefined);
      await this.see(id, '已同步');
    }
    this.#next = this.#messages.length;
    await this.pace();
  }

  phone(id: string): PhonePanel {
    return this.openPhone(id);
  }

  /** Waits for the next message that matches, and goes on after it. */
  async message(match: Match): Promise<Drawn> {
    const found = await this.until(() => {
      const rest = this.#messages.slice(this.#next);
      const index = rest.findIndex((message) =>
        match(message, this.#asked.get(String(message.exchange)) ?? ''),
      );
      if (index >= 0) this.#next += index + 1;
      return rest[index];
    });
    return found;
  }

  /** The same, and marks the message as the one that decides the story. */
  async decisive(match: Match): Promise<Drawn> {
    const message = await this.message(match);
    this.chain.mark(message);
    return message;
  }

  /** Waits until a phone shows a text. */
  async see(id: string, text: string): Promise<void> {
    await this.until(() => this.openPhone(id).hands.shows(text) || undefined);
  }

  /** Does one act on a phone, then lets the reader look. @param act gives false as long as it cannot be done */
  async act(id: string, act: (phone: PhonePanel) => unknown): Promise<void> {
    await this.until(async () => (await act(this.openPhone(id))) !== false || undefined);
    await this.pace();
  }

  /** Calls a control route of the sandbox. */
  readonly sandbox = ask;

  /** Calls the service as a program that is no phone does. */
  service(method: string, path: string, json: unknown, phone = ''): Promise<Record<string, unknown>> {
    return ask(method, `/sandbox/request${path}`, json, phone);
  }

  pace(ms = PACE_MS): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  private async until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await find();
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error(texts.stories.stuck);
      await this.pace(LOOK_EVERY_MS);
    }
  }
}

/** Matches the answer to a request with this label. @param label of the answer itself, or its beginning */
export function answer(asked: string, outcome: Drawn['outcome'], label = ''): Match {
  return (message, to) =>
    message.answer !== undefined &&
    message.outcome === outcome &&
    to.startsWith(asked) &&
    message.label.startsWith(label);
}
