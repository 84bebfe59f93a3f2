import { ModulesContainer } from '@nestjs/core';
import { getMetadataStorage } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { type Dto, nestedFault, nestedMembersOf } from '../../apps/api/src/http/nested-members.js';
import { useStack } from '../support/stack.js';

describe('the DTOs of all routes', () => {
  const stack = useStack();

  /** Every class with rules of class-validator that a handler takes, and those below them. */
  function dtos(): Set<Dto> {
    const all = new Set<Dto>();
    const add = (type: unknown) => {
      if (!isDto(type) || all.has(type)) return;
      all.add(type);
      for (const { dto } of nestedMembersOf(type)) add(dto);
    };
    for (const { controllers } of stack.service(ModulesContainer).values()) {
      for (const { metatype } of controllers.values()) {
        const prototype = metatype?.prototype as object;
        for (const handler of Object.getOwnPropertyNames(prototype)) {
          const types: unknown = Reflect.getMetadata('design:paramtypes', prototype, handler);
          for (const type of (types ?? []) as unknown[]) add(type);
        }
      }
    }
    return all;
  }
  const rulesOf = (dto: Dto) => getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const isDto = (type: unknown): type is Dto => typeof type === 'function' && rulesOf(type as Dto).length > 0;

  it('are found', () => {
    const names = [...dtos()].map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['LoginRequest', 'DeviceRequest', 'RefreshRequest', 'MergeRequest']),
    );
  });

  it('validate each member that is a DTO as one', () => {
    for (const dto of dtos()) {
      const nested = new Set(nestedMembersOf(dto).map(({ name }) => name));
      for (const { propertyName: name } of rulesOf(dto)) {
        const type: unknown = Reflect.getMetadata('design:type', dto.prototype as object, name);
        if (isDto(type)) expect([...nested], `${dto.name}.${name} needs @ValidateNested()`).toContain(name);
      }
    }
  });

  it('refuse another shape of a nested member before they look into it', () => {
    const fill = Array.from({ length: 5000 }, () => ({}));
    let members = 0;
    for (const dto of dtos()) {
      for (const { name, maxItems } of nestedMembersOf(dto)) {
        members += 1;
        const fault = nestedFault({ [name]: fill }, dto);
        expect(fault, `${dto.name}.${name}`).toBe(
          maxItems === undefined
            ? `${name} must be an object`
            : `${name} must have at most ${maxItems} items`,
        );
      }
    }
    expect(members).toBeGreaterThan(0);
  });

  it('answer a list of thousands for the device of a login with one sentence', async () => {
    const device = Array.from({ length: 2000 }, () => ({}));
    const answer = await stack.login<{ code: string; errors: string[] }>({ code: 'x', device });
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.errors).toEqual(['device must be an object']);
  });
});
