import { describe, expect, it } from 'vitest';
import { Problem, PROBLEMS } from '@app/problem';
import { customClaimsText, parseCustomClaims, RESERVED_CLAIMS } from './custom-claims.js';

/** `{"a":"xxx…"}` of so many bytes. */
const ofBytes = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

function problemOf(value: unknown): Problem {
  try {
    customClaimsText(value);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the claims were accepted');
}

describe('custom claims', () => {
  it('are stored as compact JSON and read back', () => {
    const claims = { role: 'editor', 'https://example.com/teams': [1, null, { name: '编辑部' }] };
    const text = customClaimsText(claims);
    expect(text).toBe(JSON.stringify(claims));
    expect(parseCustomClaims(text)).toEqual(claims);
  });

  it('are removed by an empty object', () => {
    expect(customClaimsText({})).toBeNull();
    expect(parseCustomClaims(null)).toEqual({});
  });

  it('have at most 2 KiB in UTF-8', () => {
    expect(customClaimsText(ofBytes(2048))).toHaveLength(2048);
    expect(problemOf(ofBytes(2049))).toMatchObject({
      code: 'claims_invalid',
      options: { detail: 'the claims have 2049 bytes, at most 2048 are allowed' },
    });
    expect(problemOf({ a: '字'.repeat(700) }).code).toBe('claims_invalid');
  });

  it.each([[undefined], [null], ['{}'], [1], [true], [[]], [[{ role: 'editor' }]]])('are not %j', (value) => {
    expect(problemOf(value).code).toBe('claims_invalid');
  });

  it('have at most 8 levels, however deep the rest is', () => {
    expect(customClaimsText(nested(8))).toEqual(expect.any(String));
    expect(problemOf(nested(9)).code).toBe('claims_invalid');
    expect(problemOf(JSON.parse('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000))).code).toBe(
      'claims_invalid',
    );
  });

  it.each(['{"__proto__":{"role":"admin"}}', '{"a":[{"__proto__":1}]}', '{"a":1e999}'])(
    'are refused if they are %s',
    (text) => {
      expect(problemOf(JSON.parse(text)).code).toBe('claims_invalid');
    },
  );

  it.each([...RESERVED_CLAIMS])('are refused with the name %s, which the text of the error lists', (name) => {
    expect(problemOf({ role: 'editor', [name]: 'x' })).toMatchObject({
      code: 'claim_reserved',
      options: { detail: `the claim ${name} is reserved` },
    });
    for (const words of Object.values(PROBLEMS.claim_reserved.cause)) expect(words).toContain(`\`${name}\``);
  });

  it('may use the names role and, below the first level, reserved names', () => {
    expect(customClaimsText({ role: 'authenticated', app: { scope: 'x' } })).toEqual(expect.any(String));
  });
});
