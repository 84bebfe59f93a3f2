import { CommanderError } from 'commander';
import { sourceStack } from '@app/common';
import { backup } from './backup/backup.command.js';
import { copyDatabase } from './copy-database/copy-database.command.js';
import { doctor } from './doctor/doctor.command.js';
import { importDjango } from './import-django/import-django.command.js';
import { keys } from './keys/keys.group.js';
import { languageOf } from './language.js';
import { buildProgram } from './program/build-program.js';
import { columns } from './program/columns.js';
import type { CommandSpec, Io, Output } from './program/command-spec.js';
import { reportError } from './program/error-report.js';
import { type Translate, translator } from './program/translate.js';
import { operators } from './operators/operators.group.js';
import { serviceAccounts } from './service-accounts/service-accounts.group.js';
import { users } from './users/users.group.js';
import { webhooks } from './webhooks/webhooks.group.js';

/** Every command of an operator. */
export const COMMANDS = [
  doctor,
  keys,
  users,
  operators,
  serviceAccounts,
  webhooks,
  backup,
  copyDatabase,
  importDjango,
];

/**
 * Runs one command line.
 * @param argv without the program: `['keys', 'list']`
 * @returns the exit code: 0 done, 1 not done or a fault found, 2 wrong usage, 3 of one command
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const t = translator(languageOf(io.env));
  let exitCode = 0;
  const program = buildProgram(COMMANDS, io, t, async (spec, args, options) => {
    const output = await spec.run({ ...io, t }, args, options);
    io.stdout.write(`${options.json ? JSON.stringify(output.json) : textOf(output, spec, t)}\n`);
    exitCode = output.exitCode ?? 0;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // The help was printed: asked for, or instead of a command that is missing.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const report = reportError(error, argv.includes('--json'), t);
    io.stderr.write(report.text);
    if (io.env['DEBUG']) io.stderr.write(`${sourceStack((error as Error).stack ?? '')}\n`);
    return report.exitCode;
  }
}

function textOf({ json, text }: Output, { members }: CommandSpec, t: Translate): string {
  return text ?? columns(Object.entries(members).map(([name, label]) => [t(label), show(json[name])]));
}

const show = (value: unknown) =>
  typeof value === 'string' ? value : value === null ? '-' : JSON.stringify(value);
