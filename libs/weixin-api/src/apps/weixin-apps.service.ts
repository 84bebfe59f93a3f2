import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { OutageLog } from '@app/common';
import {
  Config,
  ConfigError,
  isSandboxApp,
  readAppsFile,
  type ServedApps,
  servedApps,
  unreadable,
  type WeixinApp,
} from '@app/config';
import { Problem } from '@app/problem';
import { AppsFilePoller } from './apps-file-poller.js';

/**
 * Returns the mini-programs of this service. Applies changes of `WEIXIN_APPS_FILE` within two seconds, without a restart.
 * While the file is invalid, the apps do not change.
 */
@Injectable()
export class WeixinAppsService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(WeixinAppsService.name);
  private readonly outage = new OutageLog(this.logger, {
    failing: 'The mini-programs stay as they were',
    recovered: 'WEIXIN_APPS_FILE can be used again',
    eachReason: true,
    level: 'error',
  });
  private readonly file: AppsFilePoller | undefined;
  private apps: ServedApps;
  private byAppid: ReadonlyMap<string, WeixinApp>;

  /** @throws {ConfigError} */
  constructor(private readonly config: Config) {
    const { WEIXIN_APPS_FILE: path } = config;
    const text = path === undefined ? undefined : readAppsFile(path);
    this.apps = servedApps(config, text);
    this.byAppid = indexed(this.apps);
    if (path !== undefined && text !== undefined) {
      this.file = new AppsFilePoller(path, text, (read) => {
        this.reload(read);
      });
    }
  }

  onModuleInit(): void {
    this.file?.start();
  }

  onApplicationShutdown(): void {
    this.file?.stop();
  }

  /**
   * Returns the app of an appid; without an appid, the default app.
   * @throws {Problem} `app_unknown`
   */
  get(appid: string | undefined): WeixinApp {
    const app = this.find(appid);
    if (!app) throw new Problem('app_unknown');
    return app;
  }

  /** Returns the same as {@link get}, but undefined for an unknown appid. */
  find(appid: string | undefined): WeixinApp | undefined {
    return appid === undefined ? this.apps[0] : this.byAppid.get(appid);
  }

  /** Returns every served app, the default one first. */
  list(): ServedApps {
    return this.apps;
  }

  private reload(read: { text: string } | { error: unknown }): void {
    try {
      if ('error' in read) throw unreadable(read.error);
      const apps = servedApps(this.config, read.text);
      // The address of WeChat's API depends on it and is chosen at the start.
      if (isSandboxApp(apps[0]) !== isSandboxApp(this.apps[0]))
        throw new ConfigError(["WEIXIN_APPS_FILE changes between the sandbox's apps and others: restart"]);
      this.apps = apps;
      this.byAppid = indexed(apps);
      this.outage.succeeded();
      this.logger.log(`WEIXIN_APPS_FILE has changed: ${apps.map(({ appid }) => appid).join(', ')}`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.outage.failed(error.problems.join('; '));
    }
  }
}

const indexed = (apps: ServedApps) => new Map(apps.map((app) => [app.appid, app]));
