import { describe, expect, it } from 'vitest';
import { ranHere } from '../support/command.js';

const JSON_OF = ({ stderr }: { stderr: string }) => (JSON.parse(stderr) as { error: unknown }).error;

describe('the command line', () => {
  it.each([
    ['an unknown command', ['explode'], 'There is no command "explode".', '--help'],
    ['an unknown command of a group', ['users', 'list'], 'There is no command "list".', 'users --help'],
    ['a misspelt command', ['user'], 'There is no command "user".', '--help'],
    [
      'an unknown option',
      ['keys', 'rotate', '--unknown'],
      'There is no option "--unknown".',
      'keys rotate --help',
    ],
    ['a missing argument', ['users', 'show'], 'The argument <id> is missing.', 'users show --help'],
    [
      'one argument too many',
      ['users', 'show', 'one', 'two'],
      'There are too many arguments.',
      'users show --help',
    ],
    [
      'an option without its value',
      ['import-django', 'a', '--aside'],
      'The option "--aside" has no value.',
      'import-django --help',
    ],
  ])('answers 2 to %s, with one line for the error and one for the fix', async (_, argv, message, help) => {
    const { code, stdout, stderr } = await ranHere({}, ...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual([
      message,
      expect.stringMatching(`See: npm run passport -- ${help}$`),
      '',
    ]);
  });

  it('suggests the command that was meant', async () => {
    expect((await ranHere({}, 'keys', 'rotated')).stderr).toContain('Did you mean rotate?');
  });

  it.each([[[]], [['keys']], [['users']]])(
    'prints the help of %j without a command to stderr and answers 2',
    async (argv) => {
      const { code, stdout, stderr } = await ranHere({}, ...argv);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^Usage: passport /);
    },
  );

  it.each([
    ['13800138000'],
    ['keys', '13800138000'],
    ['users', 'show', 'x', '13800138000'],
    ['doctor', '--13800138000'],
    ['doctor', '--key=13800138000'],
    ['users', 'show', '13800138000'],
  ])('does not repeat a word that may be a phone number or a secret: %j %j %j %j', async (...argv) => {
    const { code, output } = await ranHere({}, ...argv);
    expect(code).toBe(2);
    expect(output).not.toContain('13800138000');
  });

  it('prints an error as JSON to stderr with --json, wherever the option is', async () => {
    const wrong = await ranHere({}, 'users', 'show', '--json', 'X');
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(JSON_OF(wrong)).toEqual({
      code: 'user_id_malformed',
      message: 'The id of a user is a UUID in lower case, without spaces.',
      fix: 'Copy user_id of the login answer.',
    });
    expect(JSON_OF(await ranHere({}, 'keys', 'explode', '--json'))).toMatchObject({
      code: 'command_unknown',
    });
  });

  it('names every fault of the environment on one line, and no value', async () => {
    const faulty = await ranHere({ PORT: 'canary', WEIXIN_APPS: 'canary' }, 'keys', 'list');
    expect(faulty).toMatchObject({ code: 1, stdout: '' });
    expect(faulty.stderr).toMatch(
      /^The environment does not allow a start: .*PORT must .*; WEIXIN_APPS must .*\n.*\n$/,
    );
    expect(faulty.stderr).not.toContain('canary');
    expect(JSON_OF(await ranHere({ PORT: 'x' }, 'keys', 'list', '--json'))).toMatchObject({
      code: 'environment_faulty',
    });
  });

  it('prints a stack only if DEBUG is set', async () => {
    const stack = /\n\s+at /;
    expect((await ranHere({ PORT: 'x' }, 'keys', 'list')).stderr).not.toMatch(stack);
    expect((await ranHere({ PORT: 'x', DEBUG: '1' }, 'keys', 'list')).stderr).toMatch(stack);
  });
});
