/**
 * Recently revoked ids. The database is the source: a poll replaces the content. Ids added after the poll began stay,
 * because the poll may not have seen them.
 */
export class RevokedSet {
  private ids: ReadonlySet<string> = new Set();
  private readonly added = new Map<string, number>();

  has(id: string): boolean {
    return this.ids.has(id) || this.added.has(id);
  }

  /** @param at milliseconds of the clock that {@link replace} uses */
  add(id: string, at: number): void {
    this.added.set(id, at);
  }

  /** @param pollBeganAt ids added before this are in `ids`, or need no check any more */
  replace(ids: readonly string[], pollBeganAt: number): void {
    this.ids = new Set(ids);
    for (const [id, at] of this.added) if (at < pollBeganAt) this.added.delete(id);
  }
}
