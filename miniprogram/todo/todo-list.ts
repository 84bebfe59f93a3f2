import { Problem } from 'weapp-passport-client';
import type { Answer } from 'weapp-passport-client';
import { passport } from '../passport';
import { isItem } from './items';
import type { Document, Item } from './items';
import { applyAll } from './operations';
import type { Operation } from './operations';
import { readList, writeList } from './stored-list';
import type { StoredList } from './stored-list';

const PATH = '/api/weixin/data';
/** Each turn takes in a change of another device, so many in a row mean that the service is confused. */
const MAX_TURNS = 8;

/**
 * One user's list: shown and changed immediately on the phone, with or without a network, and sent to the service when it
 * is reached. What the user did waits in a queue that survives a restart, and is applied again to the document as another
 * device has left it (412). So two phones that change the list at the same time lose nothing.
 */
export class TodoList {
  readonly userId: string;
  /** False if the phone's storage is full or cannot be read: what is not synced is lost with this run. */
  isKept = true;
  private list: StoredList = { base: undefined, queue: [] };
  /** Until the list of an earlier launch has been read, nothing is written over it. */
  private isRead = false;
  private syncing: Promise<void> | undefined;

  constructor(userId: string) {
    this.userId = userId;
    this.readStored();
  }

  /** The entries as the user has left them; undefined before the service has ever answered. */
  get items(): Item[] | undefined {
    if (!this.list.base) return undefined;
    return applyAll(this.list.base.document.items, this.list.queue).filter(isItem);
  }

  /** How many operations the service has not confirmed. */
  get pending(): number {
    return this.list.queue.length;
  }

  /** Applies an operation to the list on this phone. Follow it with `sync()`. */
  change(operation: Operation): void {
    this.keep({ ...this.list, queue: [...this.list.queue, operation] });
  }

  /**
   * Sends the queue to the service and fetches the document. Calls during a sync wait for the same one, which sends what is
   * changed meanwhile too.
   * @throws {Problem} as `request`; `answer_unreadable` for a document whose `items` is no list: writing it back would
   *   destroy it. The queue stays.
   */
  sync(): Promise<void> {
    if (this.syncing) return this.syncing;
    const over = () => {
      this.syncing = undefined;
    };
    const syncing = this.turns();
    syncing.then(over, over);
    this.syncing = syncing;
    return syncing;
  }

  private async turns(): Promise<void> {
    // With something to send, the service says by itself (412) when the document has changed.
    if (!this.list.base || this.list.queue.length === 0) await this.pull();
    for (let turn = 1; this.list.queue.length > 0; turn++) {
      try {
        await this.push();
      } catch (error) {
        const overtaken = error instanceof Problem && error.status === 412;
        if (!overtaken || turn === MAX_TURNS) throw error;
        await this.pull();
      }
    }
  }

  private async pull(): Promise<void> {
    const { base } = this.list;
    const answer = await passport.request({
      path: PATH,
      userId: this.userId,
      ...(base && { header: { 'If-None-Match': base.etag } }),
    });
    if (answer.status === 304) return;
    const etag = etagOf(answer);
    const { items = [], ...others } = answer.body as Record<string, unknown>;
    if (!Array.isArray(items)) throw new Problem('answer_unreadable', 200, 'items is not a list');
    // The answer's own member; the document has none of that name.
    delete others.code;
    this.keep({ ...this.list, base: { document: { ...others, items }, etag } });
  }

  private async push(): Promise<void> {
    const { base, queue } = this.list;
    if (!base) return;
    const document: Document = { ...base.document, items: applyAll(base.document.items, queue) };
    const answer = await passport.request({
      method: 'POST',
      path: PATH,
      userId: this.userId,
      header: { 'If-Match': base.etag },
      body: document,
    });
    // What was queued meanwhile is still to be sent.
    const left = this.list.queue.slice(queue.length);
    this.keep({ base: { document, etag: etagOf(answer) }, queue: left });
  }

  private keep(list: StoredList): void {
    this.list = list;
    if (!this.isRead) this.readStored();
    this.isKept = this.isRead && writeList(this.userId, this.list);
  }

  /** Puts what was done since in this run behind what was stored. */
  private readStored(): void {
    const stored = readList(this.userId);
    if (!stored) return;
    this.isRead = true;
    this.list = { base: this.list.base ?? stored.base, queue: [...stored.queue, ...this.list.queue] };
  }
}

/**
 * The version of the document. A proxy that compresses answers marks it as weak, and a weak one matches nothing (RFC 9110
 * section 13.1.1).
 * @throws {Problem} `answer_unreadable` without one: that is the answer of a proxy, such as a hotel's, and no document
 */
function etagOf({ headers }: Answer<unknown>): string {
  if (!headers.etag) throw new Problem('answer_unreadable', 200, 'an answer without ETag');
  return headers.etag.replace(/^W\//, '');
}
