import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Language, Words } from '@app/common';
import { Config, type WeixinApp } from '@app/config';
import { collectTables } from '@app/database';
import {
  countProblems,
  environmentFindings,
  findingReport,
  type Installation,
  jsonReport,
  type Result,
  runChecks,
  testPush,
} from '@app/doctor';
import { Problem } from '@app/problem';
import { WeixinAppsService } from '@app/weixin-api';
import type { DoctorResponse, FindingResponse } from './doctor.dto.js';

/** Returns the texts of a language without backticks, which are for Markdown only. */
const inLanguage = (language: Language) => (words: Words) => words[language].replaceAll('`', '');

/** Runs the checks of `npm run doctor` inside the service, for the mini-programs of an account. */
@Injectable()
export class DoctorService {
  private readonly running = new Map<string, Promise<readonly Result[]>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly config: Config,
    private readonly apps: WeixinAppsService,
    private readonly modules: ModulesContainer,
  ) {}

  /** Examines the installation. Calls that come while the same checks run get their result. */
  async examine(appids: readonly string[], language: Language): Promise<DoctorResponse> {
    const key = appids.join(' ');
    let results = this.running.get(key);
    if (!results) {
      const run = () => runChecks(this.installation(appids), environmentFindings(this.config));
      results = this.inTurn(run).finally(() => this.running.delete(key));
      this.running.set(key, results);
    }
    const found = await results;
    return { problems: countProblems(found), checks: jsonReport(found, inLanguage(language)) };
  }

  /**
   * Returns the problem that keeps WeChat's pushes to a mini-program away; undefined if there is none.
   * @throws {Problem} `push_not_configured`
   */
  async testPush(app: WeixinApp, language: Language): Promise<FindingResponse | undefined> {
    if (!app.push) throw new Problem('push_not_configured');
    const finding = await this.inTurn(() => testPush(this.installation([app.appid]), app));
    return finding && findingReport(finding, inLanguage(language));
  }

  /** One run at a time: each has a connection to the database of its own. */
  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.last.then(run);
    this.last = result.catch(() => undefined);
    return result;
  }

  private installation(appids: readonly string[]): Installation {
    return {
      config: this.config,
      apps: appids.flatMap((appid) => this.apps.find(appid) ?? []),
      tables: () => Promise.resolve(collectTables(this.modules)),
    };
  }
}
