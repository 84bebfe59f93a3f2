import { Problem, request } from '../services/index';
import type { Answer } from '../services/index';
import { isItem } from './items';
import type { Document, Item } from './items';
import { applyAll } from './operations';
import type { Operation } from './operations';
import { readList, writeList } from './stored-list';
import type { StoredList } from './stored-list';

const PATH = '/api/weixin/data/';
/** Each turn lets somebody else's change in, so many in a row mean that the service is confused. */
const MAX_TURNS = 8;

/**
 * One user's list: shown and changed at once on the phone, with or without a network, and brought to the service when
 * it is reached. What the user did waits in a queue that survives a restart, and is done anew to the document as
 * somebody else has left it (412). So two phones that change the list at once lose nothing.
 */
export class TodoList {
  readonly userId: string;
  /** False when the phone's storage is full: what is not synced is lost with this run. */
  isKept = true;
  private list: StoredList;
  private syncing: Promise<void> | undefined;

  constructor(userId: string) {
    this.userId = userId;
    this.list = readList(userId);
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

  /** Does something to the list on this phone. Follow it with `sync()`. */
  change(operation: Operation): void {
    this.keep({ ...this.list, queue: [...this.list.queue, operation] });
  }

  /**
   * Brings the queue to the service and the document to this phone. Whoever asks meanwhile waits for the same turn, which
   * takes along what is changed meanwhile.
   * @throws {Problem} as `request`; `answer_unreadable` for a document whose `items` is no list: writing it back would
   *   destroy it. The queue is kept.
   */
  sync(): Promise<void> {
    this.syncing ??= this.turns().finally(() => {
      this.syncing = undefined;
    });
    return this.syncing;
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
    const answer = await request<Record<string, unknown>>({ path: PATH, userId: this.userId });
    const etag = etagOf(answer);
    const { items = [], ...others } = answer.body;
    if (!Array.isArray(items)) throw new Problem('answer_unreadable', 200, 'items is not a list');
    // The answer's own member; the document has none of that name.
    delete others.code;
    this.keep({ ...this.list, base: { document: { ...others, items }, etag } });
  }

  private async push(): Promise<void> {
    const { base, queue } = this.list;
    if (!base) return;
    const document: Document = { ...base.document, items: applyAll(base.document.items, queue) };
    const answer = await request({
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
    this.isKept = writeList(this.userId, list);
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
