import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';
import { sourceStack } from '@app/common';

/**
 * Contexts of Nest's messages about wiring at the start, and about errors of the start, which `main.ts` logs too. They are
 * useful to developers of Nest only.
 */
const WIRING = new Set([
  'ExceptionHandler',
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'TypeOrmModule',
]);

/**
 * Writes Nest's log messages with pino: one JSON object per line, so no message can forge a second line.
 * The last parameter is Nest's context. If the message is an object, its members become members of the line.
 */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...params: unknown[]): void {
    this.write('info', message, params);
  }

  error(message: unknown, ...params: unknown[]): void {
    this.write('error', message, params);
  }

  warn(message: unknown, ...params: unknown[]): void {
    this.write('warn', message, params);
  }

  debug(message: unknown, ...params: unknown[]): void {
    this.write('debug', message, params);
  }

  verbose(message: unknown, ...params: unknown[]): void {
    this.write('trace', message, params);
  }

  fatal(message: unknown, ...params: unknown[]): void {
    this.write('fatal', message, params);
  }

  private write(level: Level, message: unknown, params: unknown[]): void {
    const context = params.at(-1);
    const stack = params.length > 1 ? params[0] : undefined;
    this.pino[WIRING.has(String(context)) ? 'debug' : level]({
      context,
      ...membersOf(message),
      ...(typeof stack === 'string' && { stack: sourceStack(stack) }),
    });
  }
}

function membersOf(message: unknown): object {
  if (message instanceof Error) return { msg: message.message, stack: sourceStack(message.stack ?? '') };
  return typeof message === 'object' && message !== null ? message : { msg: String(message) };
}
