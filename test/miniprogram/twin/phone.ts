import { type Callbacks, fail, succeed } from './callbacks.js';
import { NetworkTwin } from './network.js';
import { StorageTwin } from './storage.js';

/** What a phone needs of the stack. */
export interface Stack {
  readonly url: string;
  code: (user?: string) => Promise<string>;
}

const LOGINS_PER_SECOND = 4;

/** A phone with WeChat on it, as far as the mini-program can see: the `wx` of its tests. */
export class Phone {
  readonly network: NetworkTwin;
  /** How often `wx.login` was called. */
  logins = 0;
  /** How `wx.login` behaves; `'no code'`: it succeeds without one, as phones do at times. */
  loginHabit: 'fine' | 'no code' | 'fails' | 'hangs' | 'throws' | 'bare' = 'fine';
  envVersion = 'develop';
  appId = 'touristappid';
  /** What the platform says of the device in place of brand and model; a function that throws, or nothing at all. */
  device: (() => unknown) | undefined = () => ({ brand: 'iPhone', model: this.model });
  /** What the platform says of the mini-program. */
  account: () => unknown = () => ({ miniProgram: { appId: this.appId, envVersion: this.envVersion } });
  /** What the user taps in a dialog. */
  confirms = true;
  readonly toasts: string[] = [];
  /** The tabs that the mini-program opened by itself. */
  readonly tabs: string[] = [];
  /** The pages that it opened over a tab. */
  readonly pages: string[] = [];
  clipboard = '';
  /** Whether the folder of the mini-program has no room for a file. */
  isFull = false;
  /** What `wx.setClipboardData` and `wx.shareFileMessage` fail with; undefined: nothing. */
  refuses: { errno: number } | undefined;
  /** The files below `wx.env.USER_DATA_PATH`, by their paths. */
  readonly files = new Map<string, string>();
  /** The names and contents of the files that were sent to chats. */
  readonly shared: [name: string, content: string | undefined][] = [];
  readonly showListeners = new Set<() => void>();
  readonly networkListeners = new Set<(network: { isConnected: boolean }) => void>();
  private readonly storages = new Map<string, StorageTwin>();
  private readonly loginsAtMs: number[] = [];

  constructor(
    private readonly stack: Stack,
    /** Who is logged in to WeChat on this phone. */
    public user = 'alice',
    public model = 'iPhone 17',
  ) {
    this.network = new NetworkTwin(() => stack.url);
  }

  /** The storage of the present user. */
  get storage(): StorageTwin {
    const storage = this.storages.get(this.user) ?? new StorageTwin();
    this.storages.set(this.user, storage);
    return storage;
  }

  /** Turns the network off or on, and notifies the mini-program. */
  connect(isConnected: boolean): void {
    this.network.weather = isConnected ? 'fine' : 'offline';
    for (const listener of this.networkListeners) listener({ isConnected });
  }

  /** The mini-program comes back from the background. */
  comeBack(): void {
    for (const listener of this.showListeners) listener();
  }

  /** The global `wx`. What the mini-program does not use is not there. */
  wx() {
    return {
      login: (options: Callbacks<{ code?: string }>) => {
        this.login(options);
      },
      request: this.network.request,
      uploadFile: this.network.uploadFile,
      downloadFile: this.network.downloadFile,
      onAppShow: (listener: () => void) => this.showListeners.add(listener),
      getStorageSync: (key: string) => this.storage.get(key),
      setStorageSync: (key: string, value: unknown) => {
        this.storage.set(key, value);
      },
      removeStorageSync: (key: string) => {
        this.storage.remove(key);
      },
      getAccountInfoSync: () => this.account(),
      ...(this.device && { getDeviceInfo: this.device }),
      getNetworkType: (options: Callbacks<{ networkType: string }>) => {
        succeed('getNetworkType', options, {
          networkType: this.network.weather === 'offline' ? 'none' : 'wifi',
        });
      },
      onNetworkStatusChange: (listener: (network: { isConnected: boolean }) => void) =>
        this.networkListeners.add(listener),
      offNetworkStatusChange: (listener: () => void) => this.networkListeners.delete(listener),
      showToast: (options: Callbacks & { title: string }) => {
        this.toasts.push(options.title);
        succeed('showToast', options, {});
      },
      showModal: (options: Callbacks<{ confirm: boolean; cancel: boolean }>) => {
        succeed('showModal', options, { confirm: this.confirms, cancel: !this.confirms });
      },
      switchTab: (options: Callbacks & { url: string }) => {
        this.tabs.push(options.url);
        succeed('switchTab', options, {});
      },
      navigateTo: (options: Callbacks & { url: string }) => {
        this.pages.push(options.url);
        succeed('navigateTo', options, {});
      },
      setClipboardData: ({ data }: { data: string }) => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- WeChat rejects with a plain object
        if (this.refuses) return Promise.reject(this.refuses);
        this.clipboard = data;
        return Promise.resolve();
      },
      env: { USER_DATA_PATH: 'http://usr' },
      getFileSystemManager: () => ({
        saveFile: (options: Callbacks) => {
          fail('saveFile', options, 'the maximum size of the file storage limit is exceeded');
        },
        writeFile: (options: Callbacks & { filePath: string; data: string }) => {
          if (this.isFull)
            fail('writeFile', options, 'the maximum size of the file storage limit is exceeded');
          else {
            this.files.set(options.filePath, options.data);
            succeed('writeFile', options, {});
          }
        },
        unlink: (options: Callbacks & { filePath: string }) => {
          if (this.files.delete(options.filePath)) succeed('unlink', options, {});
          else fail('unlink', options, 'no such file or directory');
        },
      }),
      shareFileMessage: (options: Callbacks & { filePath: string; fileName: string }) => {
        if (this.refuses) fail('shareFileMessage', options, 'cancel');
        else {
          this.shared.push([options.fileName, this.files.get(options.filePath)]);
          succeed('shareFileMessage', options, {});
        }
      },
      openPrivacyContract: () => {
        this.pages.push('用户隐私保护指引');
      },
      stopPullDownRefresh: (options: Callbacks = {}) => {
        succeed('stopPullDownRefresh', options, {});
      },
    };
  }

  private login(options: Callbacks<{ code?: string }>): void {
    this.logins++;
    this.loginsAtMs.push(Date.now());
    const [first = -Infinity] = this.loginsAtMs.slice(-LOGINS_PER_SECOND - 1);
    const tooMany = this.loginsAtMs.length > LOGINS_PER_SECOND && Date.now() - first < 1000;
    if (this.loginHabit === 'hangs') return;
    if (this.loginHabit === 'throws') throw new TypeError('wx.login is not a function');
    if (this.loginHabit === 'bare') {
      (options.fail as (() => void) | undefined)?.();
      return;
    }
    if (tooMany || this.loginHabit === 'fails')
      fail('login', options, tooMany ? 'too frequent' : 'system error');
    else if (this.network.weather === 'offline') fail('login', options, 'network error');
    else if (this.loginHabit === 'no code') succeed('login', options, {});
    else
      void this.stack.code(this.user).then((code) => {
        succeed('login', options, { code });
      });
  }
}
