export { renderDiagnoses } from './diagnoses.js';
export type { Finding } from './diagnosis.js';
export type { Installation } from './doctor-context.js';
export { environmentFindings, readEnvironment } from './environment.check.js';
export { type CheckState, countProblems, findingReport, jsonReport, listOf, stateOf } from './report.js';
export { type Result, runChecks, testPush } from './run-checks.js';
