import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { type Config, loadConfig } from '@app/config';
import { collectTables, Database, type Tables } from '@app/database';
import { AppModule } from '@app/api';
import { exitWithError } from '@app/common';

/** What a command says and how it ends: 0 done, 1 not done, 2 not understood. */
export interface CommandResult {
  readonly exitCode: 0 | 1 | 2;
  readonly text: string;
}

/** A command of an operator, by the environment and the words behind its name. */
export type Command = (env: NodeJS.ProcessEnv, args: readonly string[]) => Promise<CommandResult>;

/** The result of a command that was not understood: what is wrong, then how to write it. */
export const misunderstood = (what: string, usage: string): CommandResult => ({
  exitCode: 2,
  text: `${what}\n\n${usage}`,
});

/** The same for an unknown command. A word that may be a phone number or a secret is not repeated. */
export function unknownCommand(name: string, usage: string): CommandResult {
  if (name === '') return { exitCode: 2, text: usage };
  const word = /^[a-z-]{1,30}$/.test(name) ? ` "${name}"` : ' of this name';
  return misunderstood(`There is no command${word}.`, usage);
}

/** Runs a part of a command inside the service, without its HTTP side. */
export async function insideService(
  env: NodeJS.ProcessEnv,
  work: (app: INestApplicationContext) => Promise<CommandResult>,
): Promise<CommandResult> {
  const app = await NestFactory.createApplicationContext(AppModule.forConfig(loadConfig(env)), {
    abortOnError: false,
    logger: false,
  });
  try {
    if (!app.get(Database).isOpen) throw new Error('The database of DATABASE_URL does not answer.');
    return await work(app);
  } finally {
    await app.close();
  }
}

/** Returns the entities and migrations of every module of the service, without starting it. */
export async function tablesOfService(config: Config): Promise<Tables> {
  const preview = await NestFactory.createApplicationContext(AppModule.forConfig(config), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return collectTables(preview.get(ModulesContainer));
}

/** Runs the command that this process is for, and ends the process. */
export async function run(command: Command): Promise<void> {
  process.umask(0o077);
  try {
    const { exitCode, text } = await command(process.env, process.argv.slice(2));
    console.log(text);
    process.exitCode = exitCode;
  } catch (error) {
    exitWithError((error as Error).message);
  }
}
