import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { developmentSecretKey } from './secret-key.js';

describe('the secret of a laptop', () => {
  it('is created once, readable by its user only, and is the same for processes that start together', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
    const path = join(folder, 'data/secret.key');
    const secrets = Array.from({ length: 5 }, () => developmentSecretKey(path));
    expect(new Set(secrets).size).toBe(1);
    expect(Buffer.from(secrets[0] ?? '', 'base64')).toHaveLength(48);
    expect(readFileSync(path, 'utf8')).toBe(secrets[0]);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});
