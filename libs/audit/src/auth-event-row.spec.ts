import { expect, it } from 'vitest';
import { authEventRow } from './auth-event-row.js';

it('leaves empty what is not known', () => {
  expect(authEventRow({ kind: 'user_enabled', userId: 'u' })).toMatchObject({
    kind: 'user_enabled',
    userId: 'u',
    sessionId: null,
    appid: null,
    ip: null,
    userAgent: null,
    detail: null,
  });
});

it('puts the time into the id, which never goes back', () => {
  const { id, at } = authEventRow({ kind: 'login' });
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(at);
});

it('keeps of a user agent 255 characters, and none that break a line or turn its direction', () => {
  const userAgent = `Mini\r\n\u001b[31mProgram\u2028\u202e\u007f ${'x'.repeat(300)}`;
  const row = authEventRow({ kind: 'login', client: { userAgent } });
  expect(row.userAgent).toMatch(/^Mini\[31mProgram x+$/);
  expect(row.userAgent?.length).toBeLessThanOrEqual(255);
});
