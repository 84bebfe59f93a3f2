import { Command } from 'commander';
import type { CommandGroup, CommandSpec, Io } from './command-spec.js';
import { HELP, renderDetails, TITLES } from './help.js';
import type { Translate } from './translate.js';
import { usageError } from './usage-error.js';

/** Runs a command that was understood. */
export type RunCommand = (
  spec: CommandSpec,
  args: readonly string[],
  options: { readonly json?: true },
) => Promise<void>;

/** Returns commander's program of all commands. */
export function buildProgram(
  commands: readonly (CommandGroup | CommandSpec)[],
  io: Io,
  t: Translate,
  runCommand: RunCommand,
): Command {
  const width = () => io.stdout.columns ?? 100;
  const program = new Command('passport')
    .description(t(HELP.program))
    .helpOption('-h, --help', t(HELP.help))
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => t(TITLES[title] ?? { en: title, zh: title }) })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: width,
      getErrHelpWidth: width,
    });
  refuse(program, '');
  for (const entry of commands) {
    if (!('commands' in entry)) addCommand(program, '', entry);
    else {
      const group = program.command(entry.name).description(t(entry.summary)).helpCommand(false);
      refuse(group, entry.name);
      for (const spec of entry.commands) addCommand(group, `${entry.name} `, spec);
    }
  }
  return program;

  function addCommand(parent: Command, prefix: string, spec: CommandSpec): void {
    const path = prefix + spec.name;
    const command = parent.command(spec.name).description(t(spec.summary));
    for (const [name, meaning] of spec.arguments ?? []) command.argument(name, t(meaning));
    for (const [flags, meaning] of spec.options ?? []) command.option(flags, t(meaning));
    command.option('--json', t(HELP.json)).addHelpText('after', renderDetails(path, spec, t));
    command.action(() => runCommand(spec, command.args, command.opts()));
    refuse(command, path, spec);
  }
}

function refuse(command: Command, path: string, spec?: CommandSpec): void {
  command.exitOverride((error) => {
    throw usageError(error, path, spec?.stdin) ?? error;
  });
}
