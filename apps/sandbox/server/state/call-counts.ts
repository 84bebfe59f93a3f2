/** How often each path of WeChat was called since the last reset, calls that a fault took over included. */
export class CallCounts {
  readonly #counts = new Map<string, number>();

  count(path: string): void {
    this.#counts.set(path, this.of(path) + 1);
  }

  of(path: string): number {
    return this.#counts.get(path) ?? 0;
  }

  clear(): void {
    this.#counts.clear();
  }
}
