import 'reflect-metadata';
import { examine } from '../doctor/doctor.js';
import { countProblems, languageOf, renderReport } from '../doctor/report.js';
import { runWithEnvironment } from './context.js';

await runWithEnvironment(async (env) => {
  const results = await examine(env);
  return {
    exitCode: countProblems(results) === 0 ? 0 : 1,
    text: renderReport(results, languageOf(env['LANG'])),
  };
});
