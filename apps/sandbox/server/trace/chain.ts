import type { AnswerHead, RequestHead } from './http-head.js';

/** Who sends and who receives: the mini-program on a phone, our service, WeChat. */
export type Party = 'mini-program' | 'service' | 'wechat';

/** One message of the chain, as the page draws it. Nothing in it is secret: see `masked`. */
export interface ChainMessage {
  /** Rises by one from message to message. */
  id: number;
  /** Epoch milliseconds. */
  at: number;
  /** The phone it belongs to, `''` where that is not known. */
  phone: string;
  from: Party;
  to: Party;
  label: string;
  /** `sent` of a question; of an answer whether it was a good one, or never arrived. */
  outcome: 'sent' | 'ok' | 'refused' | 'lost';
  /** The same for a request and its answer; absent where nothing was sent. */
  exchange?: string;
  request?: RequestHead;
  answer?: AnswerHead;
  body?: unknown;
}

/** A message before the chain has numbered it. */
export type NewMessage = Omit<ChainMessage, 'id' | 'at'>;

const REMEMBERED = 200;
const MAX_CODES = 1000;

/**
 * The last messages between the three parties, and their subscribers. It stays empty until the page is opened, so
 * that a load test of the service does not pay for a diagram that is not shown.
 */
export class Chain {
  #isOpen = false;
  #messages: ChainMessage[] = [];
  #lastId = 0;
  readonly #listeners = new Set<(message: ChainMessage) => void>();
  readonly #phoneOfCode = new Map<string, string>();

  /** False: what is added is not kept. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Somebody opens the page: from here on messages are kept. */
  open(): void {
    this.#isOpen = true;
  }

  /** Adds a message and shows it to everyone who watches. */
  add(message: NewMessage): void {
    if (!this.#isOpen) return;
    const whole = { id: ++this.#lastId, at: Date.now(), ...message };
    this.#messages.push(whole);
    if (this.#messages.length > REMEMBERED) this.#messages.shift();
    for (const listener of this.#listeners) listener(whole);
  }

  /** Notes which phone got a code, so that the exchange of the code is drawn as that phone's. */
  rememberCode(code: string, phone: string): void {
    this.#phoneOfCode.set(code, phone);
    const [oldest] = this.#phoneOfCode.keys();
    if (this.#phoneOfCode.size > MAX_CODES && oldest !== undefined) this.#phoneOfCode.delete(oldest);
  }

  phoneOf(code: unknown): string {
    return this.#phoneOfCode.get(String(code)) ?? '';
  }

  /**
   * Calls back with every message that comes.
   * @returns stops it
   */
  watch(listener: (message: ChainMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The messages after one of them; all that are remembered where that one is not known. */
  since(id: number): readonly ChainMessage[] {
    return id > this.#lastId ? this.#messages : this.#messages.filter((message) => message.id > id);
  }

  clear(): void {
    this.#messages = [];
    this.#phoneOfCode.clear();
  }
}
