/**
 * Makes `Date` of this program go ahead of the machine's clock.
 * @param aheadMs by how many milliseconds; asked at each use
 */
export function shiftDate(aheadMs: () => number): void {
  const machine = Date;
  const now = () => machine.now() + aheadMs();
  globalThis.Date = new Proxy(machine, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new machine(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
