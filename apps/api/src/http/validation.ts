import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import * as transformer from 'class-transformer';
import * as validator from 'class-validator';
import { Problem } from '@app/problem';
import { isObject, nestedFault } from './nested-members.js';

/** A client needs the first few; an attacker would like all of a thousand. */
const MAX_MESSAGES = 20;
const MAX_MESSAGE_LENGTH = 200;

/** Every DTO: only known members, no coercion, and the faults named. */
@Injectable()
export class DtoPipe extends ValidationPipe {
  constructor() {
    super({
      // Nest's own dynamic imports of these find no members in the bundle.
      validatorPackage: validator,
      transformerPackage: transformer,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      transform: true,
      exceptionFactory: (errors) => refusal(messagesOf(errors)),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // class-validator looks known members up in an object, where these names are always found.
    if (metadata.type === 'body' && metadata.metatype !== Object && hasInheritedName(value)) {
      throw refusal(['a member has the name of a member of every object']);
    }
    const fault = metadata.metatype && isObject(value) ? nestedFault(value, metadata.metatype) : undefined;
    if (fault !== undefined) throw refusal([fault]);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function refusal(messages: readonly string[]): Problem {
  const errors = messages.slice(0, MAX_MESSAGES).map((message) => message.slice(0, MAX_MESSAGE_LENGTH));
  return new Problem('validation_failed', { members: { errors } });
}

function messagesOf(errors: readonly ValidationError[]): string[] {
  return errors
    .slice(0, MAX_MESSAGES)
    .flatMap(({ constraints = {}, children = [] }) => [
      ...Object.values(constraints),
      ...messagesOf(children),
    ]);
}

function hasInheritedName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => name in Object.prototype || hasInheritedName(member));
}
