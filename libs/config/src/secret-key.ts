import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './config-error.js';

/** As many as the keys that are derived from it have. */
export const MIN_SECRET_BYTES = 32;

/** The command that makes a secret. */
export const SECRET_COMMAND = 'openssl rand -base64 48';

/**
 * Reads the laptop's own secret, made at the first start with mode 0600.
 * The file appears whole or not at all (link fails where it exists), so two processes starting at once read the same.
 */
export function developmentSecretKey(path: string): string {
  try {
    return readOrMake(path);
  } catch (error) {
    throw new ConfigError([`SECRET_KEY is not set, and ${path} cannot be made: ${(error as Error).message}`]);
  }
}

/**
 * The laptop's own secret as it is, for those who only look: where there is none yet, one that nothing was sealed with.
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

function readOrMake(path: string): string {
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
