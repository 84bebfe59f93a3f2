import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { loadConfig } from '@app/config';
import { AppModule } from '../app.module.js';

/** What a command says and how it ends: 0 done, 1 not done, 2 not understood. */
export interface CommandResult {
  readonly exitCode: 0 | 1 | 2;
  readonly text: string;
}

/** Runs one command of an operator inside the service, without its HTTP side, and ends the process. */
export async function runCommand(
  command: (app: INestApplicationContext) => Promise<CommandResult>,
): Promise<void> {
  process.umask(0o077);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.forConfig(loadConfig(process.env)), {
      abortOnError: false,
      logger: false,
    });
    try {
      const { exitCode, text } = await command(app);
      console.log(text);
      process.exitCode = exitCode;
    } finally {
      await app.close();
    }
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
