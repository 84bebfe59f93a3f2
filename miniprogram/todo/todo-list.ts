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
/** Each attempt merges a change of another device, so this many in a row mean an error of the service. */
const MAX_TURNS = 8;

/**
 * The list of one user. Changes apply immediately on the phone, with or without a network, and are sent to the service
 * when it can be reached. They wait in a queue that survives a restart. If another device has changed the document (412),
 * they are applied again to the new version, so two phones that change the list at the same time lose nothing.
 */
export class TodoList {
  readonly userId: string;
  /** False if the phone's storage is full or cannot be read: changes that are not synced are then lost on closing. */
  isKept = true;
  private list: StoredList = { base: undefined, queue: [] };
  /** The list of an earlier launch is never overwritten before it has been read. */
  private isRead = false;
  private syncing: Promise<void> | undefined;

  constructor(userId: string) {
    this.userId = userId;
    this.readStored();
  }

  /** The entries with the user's changes; undefined before the first answer of the service. */
  get items(): Item[] | undefined {
    if (!this.list.base) return undefined;
    return applyAll(this.list.base.document.items, this.list.queue).filter(isItem);
  }

  /** How many operations the service has not confirmed. */
  get pending(): number {
    return this.list.queue.length;
  }

  /** Applies an operation to the list on this phone. Call `sync()` after it. */
  change(operation: Operation): void {
    this.keep({ ...this.list, queue: [...this.list.queue, operation] });
  }

  /**
   * Sends the queue to the service and fetches the document. Calls during a sync wait for that sync, which also sends changes
   * made meanwhile.
   * @throws {Problem} as `request`; `answer_unreadable` for a document whose `items` is not a list: writing it would
   *   destroy data. The queue is not changed.
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
    // If there is something to send, the service answers 412 when the document has changed.
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
    // This member belongs to the answer; the document has no member of this name.
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
    // Operations that were queued meanwhile are still to be sent.
    const left = this.list.queue.slice(queue.length);
    this.keep({ base: { document, etag: etagOf(answer) }, queue: left });
  }

  private keep(list: StoredList): void {
    this.list = list;
    if (!this.isRead) this.readStored();
    this.isKept = this.isRead && writeList(this.userId, this.list);
  }

  /** Appends the operations of this launch to the stored ones. */
  private readStored(): void {
    const stored = readList(this.userId);
    if (!stored) return;
    this.isRead = true;
    this.list = { base: this.list.base ?? stored.base, queue: [...stored.queue, ...this.list.queue] };
  }
}

/**
 * Returns the version of the document. A proxy that compresses answers marks the ETag as weak, and a weak one never matches
 * `If-Match` (RFC 9110 section 13.1.1).
 * @throws {Problem} `answer_unreadable` without an ETag: then a proxy answered, such as a captive portal
 */
function etagOf({ headers }: Answer<unknown>): string {
  if (!headers.etag) throw new Problem('answer_unreadable', 200, 'an answer without ETag');
  return headers.etag.replace(/^W\//, '');
}
