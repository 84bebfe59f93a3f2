export { answeredProblem } from './answered-problems.js';
export { ApiProblems } from './api-problems.decorator.js';
export { Problem, type ProblemOptions } from './problem.js';
export { membersOf, PROBLEMS, type ProblemCode } from './table/problems.js';
export { ProblemModule } from './problem.module.js';
export { problemOf } from './problem-of.js';
export { renderProblem } from './problem-document.js';
export { renderErrorsPage } from './errors-page.js';
