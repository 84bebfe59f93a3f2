import { Injectable } from '@nestjs/common';
import { Config, type WeixinApp } from '@app/config';
import { Problem } from '@app/problem';

/** The mini-programs this service logs users in for. */
@Injectable()
export class WeixinApps {
  private readonly byAppid: ReadonlyMap<string, WeixinApp>;
  private readonly defaultApp: WeixinApp;

  constructor(config: Config) {
    this.byAppid = new Map(config.weixinApps.map((app) => [app.appid, app]));
    this.defaultApp = config.weixinApps[0];
  }

  /**
   * The app of an appid; without one, the default app.
   * @throws {Problem} `app_unknown`
   */
  get(appid: string | undefined): WeixinApp {
    const app = this.find(appid);
    if (!app) throw new Problem('app_unknown');
    return app;
  }

  /** The same; undefined for an appid this service does not serve. */
  find(appid: string | undefined): WeixinApp | undefined {
    return appid === undefined ? this.defaultApp : this.byAppid.get(appid);
  }
}
