import { vi } from 'vitest';

/** What the mini-program sent through `wx.request`. */
export interface Sent {
  url: string;
  method: string;
  header: Record<string, string>;
  data?: Record<string, unknown>;
}

/** What the twin's service answers; `'offline'`: it is not reached. */
export type Reply = { statusCode: number; data: unknown; header?: Record<string, string> } | 'offline';

interface Callbacks {
  success: (result: object) => void;
  fail: (error: { errMsg: string }) => void;
}

/** A stand-in for the `wx` of a phone: its storage, its logins and its requests, answered by `reply`. */
export class WxTwin {
  readonly storage = new Map<string, unknown>();
  readonly sent: Sent[] = [];
  logins = 0;
  /** What `wx.login` hands out; none: it reports success without a code, as phones do at times. */
  code: string | undefined = 'a-code';
  envVersion = 'develop';

  constructor(private readonly reply: (sent: Sent) => Reply) {
    vi.stubGlobal('wx', {
      getAccountInfoSync: () => ({ miniProgram: { envVersion: this.envVersion } }),
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => this.storage.set(key, value),
      removeStorageSync: (key: string) => this.storage.delete(key),
      login: ({ success }: Callbacks) => {
        this.logins++;
        setTimeout(success, 0, { code: this.code, errMsg: 'login:ok' });
      },
      request: ({ success, fail, ...sent }: Sent & Callbacks) => {
        this.sent.push(sent);
        setTimeout(() => {
          const answer = this.reply(sent);
          if (answer === 'offline') fail({ errMsg: 'request:fail' });
          else success({ header: {}, errMsg: 'request:ok', ...answer });
        }, 0);
      },
    });
  }

  /** The requests to one path, in order. */
  sentTo(path: string): Sent[] {
    return this.sent.filter(({ url }) => url.endsWith(path));
  }
}

/** Loads a service of the mini-program as after a launch, with nothing in its memory. */
export async function launch<Service>(name: string): Promise<Service> {
  vi.resetModules();
  // By a name that the compiler does not follow: the mini-program is checked against its own typings, not ours.
  return (await import(`../../miniprogram/services/${name}.ts`)) as Service;
}

/** Opens a page of the mini-program as after a launch: its methods and its data, without a picture. */
export async function openPage<Page extends object>(name: string): Promise<Page> {
  let options: { data: object; methods: object } | undefined;
  vi.stubGlobal('Component', (given: { data: object; methods: object }) => {
    options = given;
  });
  vi.resetModules();
  await import(`../../miniprogram/pages/${name}/index.ts`);
  const data = structuredClone(options?.data ?? {});
  return { ...options?.methods, data, setData: (change: object) => Object.assign(data, change) } as Page;
}
