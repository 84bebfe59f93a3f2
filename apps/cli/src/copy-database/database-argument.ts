import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDatabaseUrl } from '@app/config';
import { dialectOfUrl, publicUrl } from '@app/database';
import { CliError } from '../program/cli-error.js';
import type { NamedDatabase } from './copy-database.js';
import { COPY_ERRORS } from './copy-errors.js';

const FROM_ENVIRONMENT = 'env:';

/**
 * Returns the database of an argument: a URL, or `env:NAME` for the URL in an environment variable.
 * @throws {CliError} `database_url_malformed`; its message does not repeat a URL, which may have a password
 */
export function databaseOf(argument: string, position: string, env: NodeJS.ProcessEnv): NamedDatabase {
  const isVariable = argument.startsWith(FROM_ENVIRONMENT);
  const url = isVariable ? (env[argument.slice(FROM_ENVIRONMENT.length)] ?? '') : argument;
  if (!isDatabaseUrl(url) || url === 'sqlite::memory:')
    throw new CliError(COPY_ERRORS.urlMalformed, { argument: position });
  return { url, name: nameOf(url) };
}

/** Whether a URL has a password, which all users of the machine can read in an argument. */
export const hasPassword = (argument: string): boolean =>
  !argument.startsWith(FROM_ENVIRONMENT) && URL.canParse(argument) && new URL(argument).password !== '';

/** The same file has the same name, wherever the command runs. */
function nameOf(url: string): string {
  if (dialectOfUrl(url) !== 'sqlite') return publicUrl(url);
  const path = resolve(url.slice('sqlite:'.length));
  try {
    return `sqlite:${realpathSync(path)}`;
  } catch {
    return `sqlite:${path}`;
  }
}
