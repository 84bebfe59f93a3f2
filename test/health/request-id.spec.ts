import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const OF_NGINX = 'f1d2d2f924e986ac86fdf7b36c94bcdf';

describe('the id of a request', () => {
  const stack = useStack({ TRUST_PROXY_HOPS: '1' });
  const refused = (id: string) => stack.call('/api/me', { headers: { 'x-request-id': id } });

  it('is the trusted proxy’s, in the answer, the problem and the log', async () => {
    const answer = await refused(OF_NGINX);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('x-request-id')).toBe(OF_NGINX);
    expect(answer.body['instance']).toBe(`urn:weapp-passport:request:${OF_NGINX}`);
    await expect.poll(() => stack.logs.join('')).toContain(`"request_id":"${OF_NGINX}"`);
  });

  it.each([
    'short',
    'x'.repeat(65),
    'a b c d e f g h i',
    'a"},{"level":60,"x":"',
    '<script>alert(1)</script>',
  ])('replaces the invalid request id %j', async (id) => {
    const answer = await refused(id);
    const made = String(answer.headers.get('x-request-id'));
    expect(made).toMatch(UUID);
    expect(answer.body['instance']).toBe(`urn:uuid:${made}`);
  });

  it('is in the answer of an unknown route and of an invalid URL too', async () => {
    for (const path of ['/nowhere', '/%zz']) {
      expect((await stack.call(path)).headers.get('x-request-id'), path).toMatch(UUID);
    }
  });
});

describe('without a proxy in front', () => {
  const stack = useStack();

  it('ignores the request id of a client', async () => {
    const answer = await stack.call('/health/live', { headers: { 'x-request-id': OF_NGINX } });
    expect(answer.headers.get('x-request-id')).toMatch(UUID);
  });
});
