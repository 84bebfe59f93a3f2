import { BadRequestException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { QueryFailedError } from 'typeorm';
import { Problem } from './problem.js';
import { renderProblem } from './problem-document.js';
import { problemOf } from './problem-of.js';

const withCode = (code: string) => Object.assign(new Error('words of a driver'), { code });

describe('problemOf', () => {
  it.each([
    [new Problem('app_unknown'), 'app_unknown'],
    [new NotFoundException(), 'not_found'],
    [new BadRequestException('words'), 'validation_failed'],
    [withCode('FST_ERR_CTP_BODY_TOO_LARGE'), 'payload_too_large'],
    [withCode('SQLITE_BUSY'), 'database_unavailable'],
    [new QueryFailedError('SELECT', ['parameter'], withCode('SQLITE_FULL')), 'database_unavailable'],
    [new QueryFailedError('SELECT', ['parameter'], withCode('SQLITE_CONSTRAINT')), 'internal_error'],
    [new TypeError('a fault of ours'), 'internal_error'],
    ['a string', 'internal_error'],
    [undefined, 'internal_error'],
  ])('%s is %s', (error, code) => {
    expect(problemOf(error).code).toBe(code);
  });

  it('passes on nothing of what a stranger’s error says', () => {
    const { body } = renderProblem(problemOf(new Error('canary')), 'id');
    expect(JSON.stringify(body)).not.toContain('canary');
  });
});
