import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './config-error.js';

/** The length of the keys that are derived from the secret. */
export const MIN_SECRET_BYTES = 32;

/** The command that generates a secret. */
export const SECRET_COMMAND = 'openssl rand -base64 48';

/**
 * Returns the secret of a laptop. The first start creates its file with mode 0600. The file is created atomically by a link,
 * so two processes that start together read the same secret.
 */
export function developmentSecretKey(path: string): string {
  try {
    return readOrCreate(path);
  } catch (error) {
    throw new ConfigError([`SECRET_KEY is not set, and ${path} cannot be made: ${(error as Error).message}`]);
  }
}

/**
 * Returns the secret of a laptop without creating its file. If the file does not exist, returns a random secret.
 * @throws {ConfigError}
 */
export function existingSecretKey(path: string): string {
  try {
    return read(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return randomBytes(48).toString('base64');
    throw new ConfigError([`SECRET_KEY is not set, and ${path} cannot be read: ${(error as Error).message}`]);
  }
}

function readOrCreate(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return read(path);
}

function read(path: string): string {
  const secret = readFileSync(path, 'utf8').trim();
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) throw new Error('it is too short: remove it');
  return secret;
}
