import type { ValidationError, ValidationPipeOptions } from '@nestjs/common';
import { Problem } from '@app/problem';

/** Every DTO: only known members, no coercion, and every fault named at once. */
export const VALIDATION: ValidationPipeOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  exceptionFactory: (errors) => new Problem('validation_failed', { members: { errors: messagesOf(errors) } }),
};

function messagesOf(errors: readonly ValidationError[]): string[] {
  return errors.flatMap(({ constraints = {}, children = [] }) => [
    ...Object.values(constraints),
    ...messagesOf(children),
  ]);
}
