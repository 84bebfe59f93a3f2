import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/**
 * Contexts in which Nest tells what it wires at start, or repeats what stops it, which `main.ts` says in one message: of
 * use to its developers only.
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
 * Nest's logger on pino: JSON, one object a line, so that nothing in a message can forge a second line.
 * The last parameter is Nest's context; an object as message becomes the members of the line.
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
      ...(typeof stack === 'string' && { stack }),
    });
  }
}

function membersOf(message: unknown): object {
  if (message instanceof Error) return { msg: message.message, stack: message.stack };
  return typeof message === 'object' && message !== null ? message : { msg: String(message) };
}
