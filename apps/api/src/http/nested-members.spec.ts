import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, ValidateNested } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { DtoPipe } from './validation.js';
import { nestedFault, nestedMembersOf } from './nested-members.js';

class Consent {
  @IsString()
  kind!: string;
}
class Device {
  @IsString()
  id!: string;

  @ValidateNested()
  @Type(() => Consent)
  consent?: Consent;
}
class Login {
  @ValidateNested()
  @Type(() => Device)
  device?: Device;

  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Consent)
  consents?: Consent[];
}
class Bounded {
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayMinSize(1)
  consents!: string[];
}
class Untyped {
  @ValidateNested()
  device!: Device;
}
class Unbounded {
  @ValidateNested({ each: true })
  @Type(() => Consent)
  consents!: Consent[];
}

describe('nestedFault', () => {
  it.each<[string, object, string | undefined]>([
    [
      'accepts objects',
      { device: { id: 'x', consent: { kind: 'a' } }, consents: [{ kind: 'a' }] },
      undefined,
    ],
    ['leaves absent members and null to the validator', { device: null }, undefined],
    ['refuses a list', { device: [{ id: 'x' }] }, 'device must be an object'],
    ['refuses text', { device: 'x' }, 'device must be an object'],
    ['refuses a list below an object', { device: { consent: [{}] } }, 'consent must be an object'],
    ['refuses an object for a list', { consents: { 0: {} } }, 'consents must be a list'],
    ['refuses too long a list', { consents: [{}, {}, {}, {}] }, 'consents must have at most 3 items'],
    ['refuses lists in a list', { consents: [[{}]] }, 'each item of consents must be an object'],
  ])('%s', (_, value, fault) => {
    expect(nestedFault(value, Login)).toBe(fault);
  });

  it('is a TypeError for a member without @Type(), and for a list without @ArrayMaxSize()', () => {
    expect(() => nestedMembersOf(Untyped)).toThrow(TypeError);
    expect(() => nestedMembersOf(Unbounded)).toThrow(TypeError);
  });
});

describe('DtoPipe', () => {
  it('reports the first error of a member only', async () => {
    const pipe = new DtoPipe();
    const transform = () => pipe.transform({ consents: { length: 9 } }, { type: 'body', metatype: Bounded });
    await expect(transform()).rejects.toMatchObject({
      options: { members: { errors: [expect.any(String)] } },
    });
  });

  it('builds and validates no element of a list where one object is expected', async () => {
    const device = Array.from({ length: 5000 }, () => ({}));
    const pipe = new DtoPipe();
    const transform = async () => pipe.transform({ device }, { type: 'body', metatype: Login });
    await expect(transform()).rejects.toMatchObject({
      options: { members: { errors: ['device must be an object'] } },
    });
  });
});
