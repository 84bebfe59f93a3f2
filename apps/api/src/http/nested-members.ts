import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { ARRAY_MAX_SIZE, getMetadataStorage, ValidationTypes } from 'class-validator';

/** A class with decorators of class-validator. */
export type Dto = abstract new (...args: never[]) => object;

/** A member of a DTO that holds another DTO, or a list of them. */
export interface NestedMember {
  readonly name: string;
  readonly dto: Dto;
  /** Of a list; undefined for one object. */
  readonly maxItems: number | undefined;
}

const found = new Map<Dto, readonly NestedMember[]>();

/**
 * Returns the members of a DTO with `@ValidateNested()`.
 * @throws {TypeError} if one lacks `@Type()`, or is a list without `@ArrayMaxSize()`
 */
export function nestedMembersOf(dto: Dto): readonly NestedMember[] {
  const known = found.get(dto);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const members = rules
    .filter(({ type }) => type === ValidationTypes.NESTED_VALIDATION)
    .map(({ propertyName: name }): NestedMember => {
      // The types leave out that there may be none.
      const typed = defaultMetadataStorage.findTypeMetadata(dto, name) as
        ReturnType<typeof defaultMetadataStorage.findTypeMetadata> | undefined;
      if (!typed) throw new TypeError(`${dto.name}.${name} needs @Type()`);
      const maxItems: unknown = rules.find(
        (rule) => rule.propertyName === name && rule.name === ARRAY_MAX_SIZE,
      )?.constraints[0];
      if (typed.reflectedType === Array && typeof maxItems !== 'number')
        throw new TypeError(`${dto.name}.${name} needs @ArrayMaxSize()`);
      return {
        name,
        dto: typed.typeFunction() as Dto,
        maxItems: typed.reflectedType === Array ? Number(maxItems) : undefined,
      };
    });
  found.set(dto, members);
  return members;
}

/**
 * Finds a nested member of the wrong shape before anything is made of it: class-validator would build and validate each
 * element of a list where one object is expected.
 * @returns what is wrong, for the client
 */
export function nestedFault(value: object, dto: Dto): string | undefined {
  for (const member of nestedMembersOf(dto)) {
    const held: unknown = (value as Record<string, unknown>)[member.name];
    // Whether it may be absent or null is for the validator.
    const fault = held === undefined || held === null ? undefined : faultOf(held, member);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(held: unknown, { name, dto, maxItems }: NestedMember): string | undefined {
  if (maxItems === undefined) return isObject(held) ? nestedFault(held, dto) : `${name} must be an object`;
  if (!Array.isArray(held)) return `${name} must be a list`;
  if (held.length > maxItems) return `${name} must have at most ${maxItems} items`;
  for (const item of held as unknown[]) {
    const fault = isObject(item) ? nestedFault(item, dto) : `each item of ${name} must be an object`;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Whether a JSON value is an object: no list, not null. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
