import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { Problem } from './problem.js';
import { renderProblem } from './problem-document.js';
import { membersOf, PROBLEMS, type ProblemCode } from './table/problems.js';

/** Codes that every route can answer with; they need not be named. */
const ALWAYS: readonly ProblemCode[] = ['internal_error'];

/** Documents the problems a route answers with: one response per status, one example per code. */
export function ApiProblems(...codes: ProblemCode[]): MethodDecorator {
  const all = [...codes, ...ALWAYS];
  const statuses = new Set(all.map((code) => PROBLEMS[code].status));
  return applyDecorators(
    ...Array.from(statuses, (status) => {
      const sameStatus = all.filter((code) => PROBLEMS[code].status === status);
      return ApiResponse({
        status,
        description: sameStatus.map((code) => `\`${code}\`: ${PROBLEMS[code].title.en}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(sameStatus.map((code) => [code, example(code)])),
          },
        },
      });
    }),
  );
}

function example(code: ProblemCode) {
  const members = Object.entries(membersOf(code)).map(
    ([name, { schema }]) => [name, schema.example] as const,
  );
  const problem = new Problem(code, { members: Object.fromEntries(members) });
  return { summary: PROBLEMS[code].cause.en, value: renderProblem(problem).body };
}
