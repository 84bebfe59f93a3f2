/**
 * Ids revoked of late. The database is the source: a poll replaces the content. What was added here after the poll began
 * stays, because the poll may not have seen it.
 */
export class RevokedSet {
  private ids: ReadonlySet<string> = new Set();
  private readonly added = new Map<string, number>();

  has(id: string): boolean {
    return this.ids.has(id) || this.added.has(id);
  }

  /** @param at by the clock of {@link replace} */
  add(id: string, at: number): void {
    this.added.set(id, at);
  }

  /** @param pollBeganAt what was added before this is in `ids`, or has become void */
  replace(ids: readonly string[], pollBeganAt: number): void {
    this.ids = new Set(ids);
    for (const [id, at] of this.added) if (at < pollBeganAt) this.added.delete(id);
  }
}
