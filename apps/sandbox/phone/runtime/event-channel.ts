type Listener = (...args: unknown[]) => void;

/**
 * What a page and the page that `wx.navigateTo` opened have in common.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/route/EventChannel.html
 */
export class EventChannel {
  private readonly listeners = new Map<string, Set<Listener>>();

  /** @param events the listeners of the page that opens the other one, by event */
  constructor(events: Readonly<Record<string, Listener>> = {}) {
    for (const [name, listener] of Object.entries(events)) this.on(name, listener);
  }

  on(name: string, listener: Listener): void {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }

  once(name: string, listener: Listener): void {
    const only: Listener = (...args) => {
      this.off(name, only);
      listener(...args);
    };
    this.on(name, only);
  }

  /** Without a listener it removes all of the event. */
  off(name: string, listener?: Listener): void {
    if (listener) this.listeners.get(name)?.delete(listener);
    else this.listeners.delete(name);
  }

  emit(name: string, ...args: unknown[]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...args);
  }
}
