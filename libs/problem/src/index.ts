export { answeredProblem } from './answered-problems.js';
export { ApiProblems } from './api-problems.decorator.js';
export { renderErrorsPage } from './errors-page.js';
export { renderProblem } from './problem-document.js';
export { problemOf } from './problem-of.js';
export { ProblemModule } from './problem.module.js';
export { Problem, type ProblemOptions } from './problem.js';
export { membersOf, type ProblemCode, PROBLEMS } from './table/problems.js';
export { BODY_PROBLEMS, LOGIN_CODE_PROBLEMS, WEIXIN_CALL_PROBLEMS } from './table/problem-groups.js';
