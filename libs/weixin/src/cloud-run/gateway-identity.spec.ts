import { describe, expect, it } from 'vitest';
import { readGatewayIdentity } from './gateway-identity.js';

const OPENID = 'oGZUI0egBJY1zhBYw2KhdUfwVJJE';
const UNIONID = 'oUnionGZUI0egBJY1zhBYw2KhdUf';
const OWN = { 'X-WX-SOURCE': 'wx_client', 'X-WX-APPID': 'wxaaaaaaaaaaaaaaaa', 'X-WX-OPENID': OPENID };
const SHARING = {
  'X-WX-SOURCE': 'wx_client',
  'X-WX-APPID': 'wxaaaaaaaaaaaaaaaa',
  'X-WX-FROM-APPID': 'wxbbbbbbbbbbbbbbbb',
  'X-WX-FROM-OPENID': OPENID,
};
const read = (headers: Record<string, string>) => readGatewayIdentity(Object.entries(headers).flat());

describe('readGatewayIdentity', () => {
  it('reads the identity with header names in any case, and unionid if the gateway sends it', () => {
    const identity = { appid: 'wxaaaaaaaaaaaaaaaa', openid: OPENID };
    expect(read(OWN)).toEqual(identity);
    expect(read({ ...OWN, 'x-wx-unionid': UNIONID })).toEqual({ ...identity, unionid: UNIONID });
    expect(read({ ...OWN, 'X-WX-UNIONID': '' })).toEqual(identity);
    const lower = Object.fromEntries(Object.entries(OWN).map(([name, value]) => [name.toLowerCase(), value]));
    expect(read(lower)).toEqual(identity);
  });

  it('reads the identity of another mini-program that shares the environment', () => {
    const identity = { appid: 'wxbbbbbbbbbbbbbbbb', openid: OPENID };
    expect(read(SHARING)).toEqual(identity);
    expect(read({ ...SHARING, 'X-WX-FROM-UNIONID': UNIONID })).toEqual({ ...identity, unionid: UNIONID });
    expect(read({ ...SHARING, 'X-WX-UNIONID': UNIONID })).toEqual(identity);
  });

  it.each<[string, Record<string, string>]>([
    ['no header at all', {}],
    ['no X-WX-SOURCE', { ...OWN, 'X-WX-SOURCE': '' }],
    ['no appid', { ...OWN, 'X-WX-APPID': '' }],
    ['no openid', { 'X-WX-SOURCE': 'wx_client', 'X-WX-APPID': 'wxaaaaaaaaaaaaaaaa' }],
    ['an empty openid', { ...OWN, 'X-WX-OPENID': '' }],
    ['an openid of 65 characters', { ...OWN, 'X-WX-OPENID': 'o'.repeat(65) }],
    ['an openid with a comma, as of two headers joined', { ...OWN, 'X-WX-OPENID': `${OPENID}, ${OPENID}` }],
    ['an openid with a line end', { ...OWN, 'X-WX-OPENID': `${OPENID}\n` }],
    ['a malformed unionid', { ...OWN, 'X-WX-UNIONID': 'not an id' }],
    ['an openid of both kinds', { ...OWN, ...SHARING }],
    ['a shared openid without its appid', { ...SHARING, 'X-WX-FROM-APPID': '' }],
    ['a header in two cases', { ...OWN, 'x-wx-openid': 'oSomebodyElse' }],
  ])('rejects headers with %s', (_, headers) => {
    expect(read(headers)).toEqual({ fault: expect.any(String) as string });
  });

  it.each(['X-WX-OPENID', 'X-WX-APPID', 'X-WX-SOURCE', 'X-WX-UNIONID', 'X-WX-ENV'])(
    'rejects a second %s, even of the same value',
    (name) => {
      const headers = { ...OWN, 'X-WX-UNIONID': UNIONID, 'X-WX-ENV': 'prod' };
      const raw = [...Object.entries(headers).flat(), name, (headers as Record<string, string>)[name] ?? ''];
      expect(readGatewayIdentity(raw)).toEqual({ fault: `the header ${name.toLowerCase()} is sent twice` });
    },
  );
});
