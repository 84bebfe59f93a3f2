/** What the tutorial's page uses of `wx`. */
export interface TutorialWx {
  login: (options: { success: (result: { code: string }) => void }) => void;
  request: (options: {
    url: string;
    method?: string;
    header?: Record<string, string>;
    data?: unknown;
    success: (result: { statusCode: number; data: Record<string, unknown> }) => void;
  }) => void;
  setStorageSync: (key: string, value: unknown) => void;
  getStorageSync: (key: string) => unknown;
}

type Data = Record<string, unknown>;

/**
 * A page that does what the tutorial's page does, in its three steps: log in and send the code as JSON; keep
 * `res.data.access` under `access` and the time under `access_time`; get the data with `'Bearer ' + access`.
 */
export class TutorialPage {
  constructor(
    private readonly wx: TutorialWx,
    private readonly server: string,
  ) {}

  login(): Promise<Data> {
    return new Promise((resolve) => {
      this.wx.login({
        success: ({ code }) => {
          this.wx.request({
            url: `${this.server}/api/weixin/login/`,
            method: 'POST',
            data: { code },
            success: ({ data }) => {
              this.wx.setStorageSync('access', data['access']);
              this.wx.setStorageSync('access_time', Date.parse(new Date().toString()));
              resolve(data);
            },
          });
        },
      });
    });
  }

  load(): Promise<Data> {
    return this.data('GET');
  }

  save(items: { id: number; content: string; checked: boolean }[]): Promise<Data> {
    return this.data('POST', { items });
  }

  private data(method: string, data?: unknown): Promise<Data> {
    return new Promise((resolve) => {
      this.wx.request({
        url: `${this.server}/api/weixin/data/`,
        method,
        data,
        header: { Authorization: `Bearer ${String(this.wx.getStorageSync('access'))}` },
        success: (result) => {
          resolve(result.data);
        },
      });
    });
  }
}
