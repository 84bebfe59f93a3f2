import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('the body of a login', () => {
  const stack = useStack();

  it.each<[string, object]>([
    ['no code', {}],
    ['an empty code', { code: '' }],
    ['a number as code', { code: 1 }],
    ['null as code', { code: null }],
    ['a list as code', { code: ['abc'] }],
    ['an object as code', { code: { toString: 'abc' } }],
    ['a code of 513 characters', { code: 'x'.repeat(513) }],
    ['a list as appid', { code: 'abc', appid: ['wxsandbox000000001'] }],
    ['null as appid', { code: 'abc', appid: null }],
    ['an unknown member', { code: 'abc', remember_me: true }],
    ['an openid of its own', { code: 'abc', openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' }],
    ['a unionid of its own', { code: 'abc', unionid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' }],
    ['a user_id of its own', { code: 'abc', user_id: '1' }],
    ['text as device', { code: 'abc', device: 'phone' }],
    ['a list as device', { code: 'abc', device: [{ id: 'phone' }] }],
    ['null as device', { code: 'abc', device: null }],
    ['a device without id', { code: 'abc', device: { name: 'phone' } }],
    ['a device id of 65 characters', { code: 'abc', device: { id: 'x'.repeat(65) } }],
    ['a device with an unknown member', { code: 'abc', device: { id: 'x', openid: 'o' } }],
    ['a member named like one of every object', { code: 'abc', toString: 'x' }],
    ['such a member in the device', { code: 'abc', device: { id: 'x', valueOf: 'x' } }],
    ['a device name of spaces', { code: 'abc', device: { id: 'x', name: '   ' } }],
    ['a control character in the device name', { code: 'abc', device: { id: 'x', name: 'a\u001b[31m' } }],
    ['a text direction override in the device name', { code: 'abc', device: { id: 'x', name: 'a\u202eb' } }],
  ])('%s: 400 before WeChat is called', async (_, json) => {
    const answer = await stack.login<{ code: string; errors: string[] }>(json);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(await stack.exchanges()).toBe(0);
  });

  it('gets a short answer to any amount of invalid input', async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`unknown${index}`, 1]));
    for (const json of [
      { code: 'a', ...many },
      { code: 'a', device: Array(2000).fill({}) },
    ]) {
      const answer = await stack.login<{ code: string; errors: string[] }>(json);
      expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
      expect(answer.body.errors.length).toBeLessThanOrEqual(20);
      expect(answer.text.length).toBeLessThan(5000);
    }
  });

  it.each([
    'x&secret=y',
    'x#fragment',
    'x"y\'z',
    'x\r\nHost: attacker.example',
    'x%26appid=y',
    '../../cgi-bin/token',
    '登录',
    '\ud800',
    'x'.repeat(512),
  ])('a code like %j reaches WeChat as a wrong code and nothing else', async (code) => {
    const answer = await stack.login<{ code: string }>({ code });
    expect([answer.status, answer.body.code]).toEqual([401, 'login_code_invalid']);
    expect(await stack.exchanges()).toBe(1);
  });

  it('may carry WeChat’s gateway headers, which change nothing', async () => {
    const mallory = await stack.call('/api/weixin/login/', {
      json: { code: await stack.code('mallory') },
      headers: { 'x-wx-openid': 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' },
    });
    expect(mallory.body['user_id']).toBe((await stack.loggedIn('mallory')).user_id);
  });

  it('may be the whole result of wx.login(): errMsg is ignored', async () => {
    for (const errMsg of ['login:ok', '', null, { code: 'other' }]) {
      const answer = await stack.login({ errMsg, code: await stack.code('alice') });
      expect([answer.status, answer.body.user_id]).toEqual([200, (await stack.loggedIn('alice')).user_id]);
    }
    const answer = await stack.login<{ code: string }>({ errMsg: 'login:ok' });
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
  });

  it('may come with a charset and without the slash at the end of the path', async () => {
    const answer = await stack.call('/api/weixin/login', {
      body: JSON.stringify({ code: await stack.code() }),
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(answer.status).toBe(200);
  });
});
