import { readServedApps } from '@app/config';
import { countProblems, jsonReport, readEnvironment, runChecks } from '@app/doctor';
import type { CommandSpec } from '../program/command-spec.js';
import { tablesOfService } from '../program/in-service.js';
import { textReport } from './report.js';

/** `passport doctor`. */
export const doctor: CommandSpec = {
  name: 'doctor',
  summary: {
    en: 'Examines the installation and names each fault with its cause and fix. Changes nothing.',
    zh: '检查部署，列出每个问题的原因与解决办法，不做任何更改',
  },
  examples: ['', '--json'],
  members: {
    problems: { en: 'number of problems', zh: '问题数量' },
    checks: {
      en: 'name, title, state (ok, problem, hint, unchecked, unused) and findings of each check',
      zh: '每项检查的 name、title、state（ok、problem、hint、unchecked、unused）和 findings',
    },
    'checks[].findings': {
      en: 'code (of docs/errors.md), is_hint, title, about, cause and fix',
      zh: 'code（见 docs/errors.md）、is_hint、title、about、cause、fix',
    },
  },
  failure: { en: 'at least one problem', zh: '发现问题' },
  async run({ env, t }) {
    const { config, findings } = readEnvironment(env);
    const installation = config && {
      config,
      apps: readServedApps(config),
      tables: () => tablesOfService(config),
    };
    const results = await runChecks(installation, findings);
    const problems = countProblems(results);
    return {
      json: { problems, checks: jsonReport(results, t) },
      text: textReport(results, t),
      exitCode: problems === 0 ? 0 : 1,
    };
  },
};
