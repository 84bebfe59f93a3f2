/** What the developer can change about one app, as its owner could at WeChat. */
export interface AppMode {
  /** Bound to no Open Platform account: WeChat returns no unionid. */
  unbound: boolean;
  /** The addresses that may fetch access tokens; null: every one. */
  ipWhitelist: readonly string[] | null;
  /** The owner froze the AppSecret: every call that needs it is refused. */
  secretFrozen: boolean;
}

const NORMAL: AppMode = { unbound: false, ipWhitelist: null, secretFrozen: false };

/** The mode of each app; normal where the developer has set nothing. */
export class AppModes {
  readonly #modes = new Map<string, AppMode>();

  of(appid: string): AppMode {
    return this.#modes.get(appid) ?? NORMAL;
  }

  set(appid: string, mode: AppMode): void {
    this.#modes.set(appid, mode);
  }

  clear(): void {
    this.#modes.clear();
  }
}
