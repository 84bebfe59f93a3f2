import 'reflect-metadata';
import { examine } from './doctor/doctor.js';
import { countProblems, languageOf, renderReport } from './doctor/report.js';
import { run } from './context.js';

await run(async (env) => {
  const results = await examine(env);
  return {
    exitCode: countProblems(results) === 0 ? 0 : 1,
    text: renderReport(results, languageOf(env['LANG'])),
  };
});
