import { describe, expect, it } from 'vitest';
import { ended, endedWith } from '../support/command.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { newPerson } from './people.js';

const PHONE = '13900001234';
const E164 = `+86${PHONE}`;

describe('on the command line, a phone number', () => {
  const stack = useStack();
  const newer = { SECRET_KEY: SECRET_KEY.split('').reverse().join('') };

  /** `find-phone` with a number on its standard input. */
  async function find(number: string, env = stack.env) {
    const { code, output } = await endedWith(number, env, 'users', 'find-phone');
    return { code, output };
  }

  async function reseal(env: NodeJS.ProcessEnv) {
    const { code, output } = await ended(env, 'keys', 'reseal');
    expect(code).toBe(0);
    return output;
  }

  it('is shown masked, and finds the users who have bound it', async () => {
    const people = [await newPerson(stack), await newPerson(stack)];
    for (const { bind, phoneCode } of people) await bind({ code: await phoneCode(PHONE) });
    const ids = people.map(({ userId }) => userId).sort();
    expect(await find(`${E164}\n`)).toEqual({ code: 0, output: ids.join('\n') });
    expect(await find('+8613812345679')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^No user has bound this number\./) as string,
    });
    const shown = await ended(stack.env, 'users', 'show', ids[0] ?? '');
    expect(shown.output).toContain('139****1234');
  });

  it('is refused with the reason, and not repeated', async () => {
    const cases: [string, RegExp, () => Promise<{ code: number | null; output: string }>][] = [
      ['without a country code', /needs \+86 before its 11 digits/, () => find(PHONE)],
      ['nothing', /^Standard input holds no phone number\./, () => find('')],
      [
        'an argument',
        /^There are too many arguments\.\nfind-phone reads .* standard input/,
        () => ended(stack.env, 'users', 'find-phone', PHONE),
      ],
      ['in place of a command', /^There is no command "\*\*\*"\./, () => ended(stack.env, 'users', PHONE)],
    ];
    for (const [name, words, run] of cases) {
      const { code, output } = await run();
      expect(code, name).toBe(2);
      expect(output, name).toMatch(words);
      expect(output, name).not.toContain(PHONE);
    }
  });

  it('is found under every accepted SECRET_KEY, and under the new one alone after npm run keys -- reseal', async () => {
    const { bind, phoneCode, userId } = await newPerson(stack);
    await bind({ code: await phoneCode('13700000001') });
    const both = { ...stack.env, ...newer, SECRET_KEY_FALLBACKS: SECRET_KEY };
    expect(await find('+8613700000001', both)).toEqual({ code: 0, output: userId });
    const bound = await rows(stack.databaseUrl, 'SELECT user_id FROM user_phones WHERE phone IS NOT NULL');
    expect(await reseal(both)).toMatch(new RegExp(`^phone numbers encrypted again +${bound.length}$`, 'm'));
    expect(await reseal(both)).toMatch(/^phone numbers encrypted again +0$/m);
    expect(await find('+8613700000001', { ...stack.env, ...newer })).toEqual({ code: 0, output: userId });
  });
});
