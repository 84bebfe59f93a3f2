import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Language, Words } from '@app/common';
import { Config, type WeixinApp } from '@app/config';
import { collectTables } from '@app/database';
import {
  countProblems,
  environmentFindings,
  type Finding,
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

/** Runs the checks of `npm run doctor` inside the service. Calls that come while the same checks run get their result. */
@Injectable()
export class DoctorService {
  private running: Promise<readonly Result[]> | undefined;
  private readonly pushTests = new Map<string, Promise<Finding | undefined>>();

  constructor(
    private readonly config: Config,
    private readonly apps: WeixinAppsService,
    private readonly modules: ModulesContainer,
  ) {}

  /** Examines the installation, with all mini-programs. */
  async examine(language: Language): Promise<DoctorResponse> {
    this.running ??= runChecks(this.installation(this.apps.list()), environmentFindings(this.config)).finally(
      () => (this.running = undefined),
    );
    const found = await this.running;
    return { problems: countProblems(found), checks: jsonReport(found, inLanguage(language)) };
  }

  /**
   * Returns the problem that keeps WeChat's pushes to a mini-program away; undefined if there is none.
   * @throws {Problem} `push_not_configured`
   */
  async testPush(app: WeixinApp, language: Language): Promise<FindingResponse | undefined> {
    if (!app.push) throw new Problem('push_not_configured');
    const { appid } = app;
    // Each test has a connection to the database of its own: not more than one for a mini-program.
    const test =
      this.pushTests.get(appid) ??
      testPush(this.installation([app]), app).finally(() => this.pushTests.delete(appid));
    this.pushTests.set(appid, test);
    const finding = await test;
    return finding && findingReport(finding, inLanguage(language));
  }

  private installation(apps: readonly WeixinApp[]): Installation {
    return { config: this.config, apps, tables: () => Promise.resolve(collectTables(this.modules)) };
  }
}
