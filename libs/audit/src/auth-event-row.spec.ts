import { expect, it } from 'vitest';
import { authEventRow } from './auth-event-row.js';

it('stores null for members that are not given', () => {
  expect(authEventRow({ kind: 'user_enabled', userId: 'u' })).toMatchObject({
    kind: 'user_enabled',
    userId: 'u',
    sessionId: null,
    appid: null,
    ip: null,
    userAgent: null,
    actor: null,
    detail: null,
  });
});

it('puts the time of the event into the id', () => {
  const { id, at } = authEventRow({ kind: 'login' });
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(at);
});

it('stores 255 characters of a user agent, without line breaks and direction marks', () => {
  const userAgent = `Mini\r\n\u001b[31mProgram\u2028\u202e\u007f ${'x'.repeat(300)}`;
  const row = authEventRow({ kind: 'login', client: { userAgent } });
  expect(row.userAgent).toMatch(/^Mini\[31mProgram x+$/);
  expect(row.userAgent?.length).toBeLessThanOrEqual(255);
});
