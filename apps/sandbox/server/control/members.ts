import { BadRequest } from './bad-request.js';

/** What one member of a JSON object may be. */
export interface Member<T> {
  /** Ends the sentence "x must be …". */
  allowed: string;
  is(value: unknown): value is T;
  /** What is read where the member is absent; a member without this is needed. */
  absent?: { value: T };
}

/** The members an object may have, by name. */
export type Members = Record<string, Member<unknown>>;

/** What is read out of an object that has these members. */
export type ValuesOf<M extends Members> = { [K in keyof M]: M[K] extends Member<infer T> ? T : never };

/** A whole number, both ends allowed. */
export function integer(min: number, max: number): Member<number> {
  return {
    allowed: `an integer from ${min} to ${max}`,
    is: (value): value is number => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  };
}

/** Text of `min` to `max` UTF-16 units. */
export function text(min: number, max: number): Member<string> {
  return {
    allowed: `text of ${min} to ${max} characters`,
    is: (value): value is string => typeof value === 'string' && value.length >= min && value.length <= max,
  };
}

/** One of these words, exactly. */
export function oneOf<T extends string>(values: readonly T[]): Member<T> {
  return {
    allowed: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    is: (value): value is T => values.some((each) => each === value),
  };
}

/** true or false. */
export const aBoolean: Member<boolean> = {
  allowed: 'true or false',
  is: (value): value is boolean => typeof value === 'boolean',
};

/** A JSON object with any members. */
export const anObject: Member<object> = {
  allowed: 'a JSON object',
  is: (value): value is object => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** A JSON array of at most `max` members of a kind. */
export function listOf<T>(member: Member<T>, max: number): Member<T[]> {
  return {
    allowed: `a list of at most ${max}, each ${member.allowed}`,
    is: (value): value is T[] =>
      Array.isArray(value) && value.length <= max && value.every((each) => member.is(each)),
  };
}

/** The same, or `null`. */
export function nullable<T>(member: Member<T>): Member<T | null> {
  return {
    allowed: `${member.allowed}, or null`,
    is: (value): value is T | null => value === null || member.is(value),
  };
}

/** Reads as undefined where it is absent; `null` is not absent. */
export function optional<T>(member: Member<T>): Member<T | undefined> {
  return { ...member, absent: { value: undefined } };
}

/** Reads as `value` where it is absent. */
export function withDefault<T>(member: Member<T>, value: NoInfer<T>): Member<T> {
  return { ...member, absent: { value } };
}

/**
 * Reads a JSON object by its table of members.
 * @param name what the object is called in an error
 * @throws {BadRequest} what is not an object, has a member that is not in the table, or one that is not as it may be
 */
export function readMembers<M extends Members>(members: M, json: unknown, name: string): ValuesOf<M> {
  const given = readObject(json, name);
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(members, key));
  if (unknown !== undefined) {
    const allowed = Object.keys(members).join(', ');
    throw new BadRequest(`${name} has an unknown member ${JSON.stringify(unknown)}; allowed are ${allowed}`);
  }
  const read = Object.entries(members).map(([key, member]) => {
    if (!Object.hasOwn(given, key) && member.absent) return [key, member.absent.value];
    if (!member.is(given[key])) throw new BadRequest(`${name}.${key} must be ${member.allowed}`);
    return [key, given[key]];
  });
  return Object.fromEntries(read) as ValuesOf<M>;
}

/** @throws {BadRequest} what is not a JSON object */
export function readObject(json: unknown, name: string): Record<string, unknown> {
  if (anObject.is(json)) return json as Record<string, unknown>;
  throw new BadRequest(`${name} must be a JSON object`);
}
