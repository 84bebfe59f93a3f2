import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';
import { useCopy } from './copy.js';

describe('a feature that npm run new:feature created', () => {
  const { folder, run, newFeature } = useCopy();
  beforeAll(() => {
    expect(newFeature('gift-cards')[0]).toBe(0);
  });

  it('passes lint and format', () => {
    expect(run('node_modules/eslint/bin/eslint.js', 'features')).toEqual([0, '']);
    const [status, output] = run('node_modules/prettier/bin/prettier.cjs', '--check', 'features');
    expect(status, output).toBe(0);
  });

  it('passes its own spec', () => {
    const vitest = ['run', '--project', 'e2e', 'features/gift-cards'];
    const [status, output] = run('node_modules/vitest/vitest.mjs', ...vitest);
    expect(status, output).toBe(0);
    expect(output).toMatch(/12 passed/);
  });

  it('is built, migrated and served', async () => {
    const [status, output] = run('scripts/build/service.mjs');
    expect(status, output).toBe(0);
    const databaseUrl = `sqlite:${join(folder, 'test.sqlite')}`;
    const instance = await Instance.start({ PORT: '0', SECRET_KEY, DATABASE_URL: databaseUrl }, 0, folder);
    try {
      const answer = await call(`${instance.url}/api/gift-cards`);
      expect([answer.status, answer.body['code']]).toEqual([401, 'token_missing']);
      expect(await rows(databaseUrl, 'SELECT * FROM gift_cards')).toEqual([]);
    } finally {
      await instance.stop();
    }
  });
});
