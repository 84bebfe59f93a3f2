import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { loadConfig } from '@app/config';
import { Database } from '@app/database';
import { AppModule } from '../app.module.js';
import { giveUp } from '../give-up.js';

/** What a command says and how it ends: 0 done, 1 not done, 2 not understood. */
export interface CommandResult {
  readonly exitCode: 0 | 1 | 2;
  readonly text: string;
}

/** Runs one command of an operator inside the service, without its HTTP side, and ends the process. */
export function runCommand(command: (app: INestApplicationContext) => Promise<CommandResult>): Promise<void> {
  return runWithEnvironment(async (env) => {
    const app = await NestFactory.createApplicationContext(AppModule.forConfig(loadConfig(env)), {
      abortOnError: false,
      logger: false,
    });
    try {
      if (!app.get(Database).isOpen) throw new Error('The database of DATABASE_URL does not answer.');
      return await command(app);
    } finally {
      await app.close();
    }
  });
}

/** Runs one command that needs no service, and ends the process. */
export async function runWithEnvironment(
  command: (env: NodeJS.ProcessEnv) => Promise<CommandResult>,
): Promise<void> {
  process.umask(0o077);
  try {
    const { exitCode, text } = await command(process.env);
    console.log(text);
    process.exitCode = exitCode;
  } catch (error) {
    giveUp((error as Error).message);
  }
}
