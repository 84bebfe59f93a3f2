import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ended } from '../support/command.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { newPerson } from './people.js';

const USERS = fileURLToPath(new URL('../../dist/apps/cli/src/users.js', import.meta.url));
const PHONE = '13900001234';
const E164 = `+86${PHONE}`;

describe('on the command line, a phone number', () => {
  const stack = useStack();
  const newer = { SECRET_KEY: SECRET_KEY.split('').reverse().join('') };

  /** `find-phone` with a number on its standard input. */
  async function find(number: string, env = stack.env) {
    const child = spawn(process.execPath, [USERS, 'find-phone'], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(number);
    const ended = once(child, 'close');
    const output = await text(child.stdout);
    return { code: ((await ended) as [number])[0], output: output.trim() };
  }

  async function reseal(env: NodeJS.ProcessEnv) {
    const { code, output } = await ended('keys', env, 'reseal');
    expect(code).toBe(0);
    return output;
  }

  it('is shown masked, and leads to those who have bound it', async () => {
    const people = [await newPerson(stack), await newPerson(stack)];
    for (const { bind, phoneCode } of people) await bind({ code: await phoneCode(PHONE) });
    const ids = people.map(({ userId }) => userId).sort();
    expect(await find(`${E164}\n`)).toEqual({ code: 0, output: ids.join('\n') });
    expect(await find('+8613812345679')).toEqual({ code: 1, output: 'No user has bound this number.' });
    const shown = await ended('users', stack.env, 'show', ids[0] ?? '');
    expect(shown.output).toContain('139****1234');
  });

  it('is refused with what is wrong, and not repeated', async () => {
    const cases: [string, RegExp, () => Promise<{ code: number | null; output: string }>][] = [
      ['without a country code', /needs \+86 before its 11 digits/, () => find(PHONE)],
      ['nothing', /^Standard input is empty\./, () => find('')],
      [
        'an argument',
        /^find-phone reads .* standard input/,
        () => ended('users', stack.env, 'find-phone', PHONE),
      ],
      [
        'in place of a command',
        /^There is no command of this name\./,
        () => ended('users', stack.env, PHONE),
      ],
    ];
    for (const [name, words, run] of cases) {
      const { code, output } = await run();
      expect(code, name).toBe(2);
      expect(output, name).toMatch(words);
      expect(output, name).not.toContain(PHONE);
    }
  });

  it('is found under every accepted SECRET_KEY, and under the new one alone once it is sealed anew', async () => {
    const { bind, phoneCode, userId } = await newPerson(stack);
    await bind({ code: await phoneCode('13700000001') });
    const both = { ...stack.env, ...newer, SECRET_KEY_FALLBACKS: SECRET_KEY };
    expect(await find('+8613700000001', both)).toEqual({ code: 0, output: userId });
    const bound = await rows(stack.databaseUrl, 'SELECT user_id FROM user_phones WHERE phone IS NOT NULL');
    expect(await reseal(both)).toContain(`${bound.length} phone number`);
    expect(await reseal(both)).toContain('0 phone numbers');
    expect(await find('+8613700000001', { ...stack.env, ...newer })).toEqual({ code: 0, output: userId });
  });
});
