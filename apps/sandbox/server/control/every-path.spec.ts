import { describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
const FAULTS = '/sandbox/faults';
const PHONE_PATH = '/wxa/business/getuserphonenumber';

describe('a fault on every path', () => {
  const TEXT = 'text/plain';
  const JSON_TYPE = 'application/json; charset=UTF-8';

  it.each([
    ['GET', '/sns/jscode2session', TEXT, /^invalid code, rid: [0-9a-f]{8}-/],
    ['POST', '/cgi-bin/stable_token', JSON_TYPE, /^invalid code rid: [0-9a-f]{8}-/],
    ['GET', '/cgi-bin/token', JSON_TYPE, /^invalid code rid: [0-9a-f]{8}-/],
    [
      'POST',
      '/wxa/business/getuserphonenumber',
      JSON_TYPE,
      /^invalid code hint: \[[\w-]{16}\] rid: [0-9a-f]{8}-/,
    ],
    ['GET', '/wxa/checksession', JSON_TYPE, /^invalid code rid: [0-9a-f]{8}-/],
    ['GET', '/wxa/resetusersessionkey', JSON_TYPE, /^invalid code rid: [0-9a-f]{8}-/],
    ['POST', '/wxa/getuserriskrank', JSON_TYPE, /^invalid code rid: [0-9a-f]{8}-/],
    ['POST', '/wxa/msg_sec_check', JSON_TYPE, /^invalid code rid: [0-9a-f]{8}-/],
  ])(
    '%s %s refuses as its family does, and drips with its content type',
    async (method, path, type, errmsg) => {
      const list = [
        { path, kind: 'errcode', errcode: 40029, times: 1 },
        { path, kind: 'drip', ms: 1 },
      ];
      await sandbox.send('PUT', FAULTS, list);
      const refused = await sandbox.send(method, path);
      expect(refused).toMatchObject({ status: 200, contentType: type });
      expect(refused.json['errmsg']).toMatch(errmsg);
      const dripped = await sandbox.send(method, path);
      expect(dripped).toMatchObject({ status: 200, contentType: type });
      expect(dripped.json).toHaveProperty('errcode');
    },
  );

  it('lets a gateway answer in plain text', async () => {
    await sandbox.send('PUT', FAULTS, [{ path: PHONE_PATH, kind: 'status', status: 502 }]);
    expect(await sandbox.send('POST', PHONE_PATH)).toMatchObject({
      status: 502,
      contentType: 'text/plain',
      text: 'Bad Gateway',
    });
  });

  it('calls one access token expired, and the next one good', async () => {
    await sandbox.send('PUT', FAULTS, [{ path: PHONE_PATH, kind: 'errcode', errcode: 42001, times: 1 }]);
    const [token, code] = [await sandbox.accessToken(), await sandbox.phoneCode()];
    expect((await sandbox.getPhoneNumber(token, code)).json['errcode']).toBe(42001);
    expect((await sandbox.getPhoneNumber(token, code)).json['errcode']).toBe(0);
  });

  it('uses a phone code up although the connection is reset', async () => {
    await sandbox.send('PUT', FAULTS, [{ path: PHONE_PATH, kind: 'reset', when: 'after', times: 1 }]);
    const [token, code] = [await sandbox.accessToken(), await sandbox.phoneCode()];
    await expect(sandbox.getPhoneNumber(token, code)).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    });
    expect((await sandbox.getPhoneNumber(token, code)).json['errcode']).toBe(40029);
  });
});
