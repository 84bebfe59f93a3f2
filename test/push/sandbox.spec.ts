import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { phoneCode } from '../phone/people.js';

describe('a push of the sandbox', () => {
  const stack = useStack();
  const push = async (body: object) =>
    (await stack.sandbox('POST', '/sandbox/pushes', { user: 'mei', serviceUrl: stack.url, ...body })).body[
      'answers'
    ];

  it('has its effect in safe and compatible mode, and none in plain mode or with a fault', async () => {
    const { access: token } = await stack.loggedIn('mei');
    const phone = async () => (await stack.call('/api/me', { token })).body['phone'];
    const bind = async () =>
      stack.call('/api/me/phone', { token, json: { code: await phoneCode(stack, { user: 'mei' }) } });
    await bind();
    for (const fault of ['signature', 'time', 'key', 'appid'])
      expect(await push({ revokeInfo: '8', fault })).toMatchObject([{ status: 403 }]);
    expect(await push({ revokeInfo: '8', mode: 'plain', fault: 'signature' })).toMatchObject([
      { status: 403 },
    ]);
    expect(await push({ revokeInfo: '8', mode: 'plain' })).toMatchObject([{ status: 200, body: 'success' }]);
    expect(await phone()).toContain('****');
    for (const [mode, format] of [
      ['safe', 'json'],
      ['compatible', 'xml'],
    ]) {
      await bind();
      expect(await push({ revokeInfo: '8', mode, format, times: 2 })).toMatchObject([
        { status: 200, body: 'success' },
        { status: 200, body: 'success' },
      ]);
      expect(await phone()).toBeNull();
    }
  });
});
