import { beforeEach, describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';
import { Chain, type ChainMessage } from './chain.js';

const sandbox = useSandbox();

/** The next messages of the stream, read until there are `count`. */
async function messages(count: number, headers: Record<string, string> = {}): Promise<ChainMessage[]> {
  const { body } = await fetch(sandbox.url('/sandbox/events'), { headers });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let stream = '';
  let found: ChainMessage[] = [];
  while (found.length < count) {
    stream += (await reader?.read())?.value ?? '';
    found = [...stream.matchAll(/^data: (.*)\n\n/gm)].map(
      ([, data]) => JSON.parse(data ?? '') as ChainMessage,
    );
  }
  await reader?.cancel();
  return found;
}

async function loginOf(phone: string): Promise<string> {
  const response = await fetch(sandbox.url('/sandbox/codes'), {
    method: 'POST',
    headers: { 'sandbox-phone': phone },
  });
  const { code } = (await response.json()) as { code: string };
  await sandbox.code2Session(code);
  return code;
}

beforeEach(() => sandbox.send('GET', '/'));

describe('GET /sandbox/events', () => {
  it('streams the messages of a login under its phone: the code, its exchange and the answer', async () => {
    await loginOf('2');
    const streamed = await messages(4);
    expect(streamed.map(({ from, to, label, phone, outcome }) => [from, to, label, phone, outcome])).toEqual([
      ['mini-program', 'wechat', 'wx.login()', '2', 'sent'],
      ['wechat', 'mini-program', 'code', '2', 'ok'],
      ['service', 'wechat', 'GET /sns/jscode2session', '2', 'sent'],
      ['wechat', 'service', 'session_key · openid · unionid', '2', 'ok'],
    ]);
  });

  it('streams no secret in full', async () => {
    const code = await loginOf('1');
    const { json } = await sandbox.code2Session('the code is a mock one');
    const streamed = JSON.stringify(await messages(6));
    for (const secret of [code, json['session_key'], json['openid'], json['unionid'], 'sandbox-secret']) {
      expect(streamed).not.toContain(secret);
    }
  });

  it('streams a refusal with its errcode', async () => {
    await sandbox.code2Session('nonsense');
    expect((await messages(2))[1]).toMatchObject({ label: '40029 invalid code', outcome: 'refused' });
  });

  it('pairs a request with its answer, and gives the head of both without a secret', async () => {
    await loginOf('1');
    const [, , asked, answered] = await messages(4);
    expect(asked?.request).toMatchObject({
      method: 'GET',
      url: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/sns\/jscode2session\?appid=wxsandbox000000001&secret=•••&grant_type=authorization_code&js_code=.{4}…$/,
      ) as string,
    });
    expect(asked?.body).toBeUndefined();
    expect(answered?.answer).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/plain' } });
    expect(answered?.answer?.ms).toBeGreaterThanOrEqual(0);
    expect(answered?.exchange).toBe(asked?.exchange);
  });

  it('streams that a call was cut off without an answer', async () => {
    await sandbox.breakWith('reset');
    await sandbox.code2Session('any').catch(() => undefined);
    expect((await messages(2))[1]).toMatchObject({ label: 'no answer', outcome: 'lost', from: 'wechat' });
  });

  it('goes on where a watcher was cut off', async () => {
    await loginOf('1');
    const [, second] = await messages(4);
    const rest = await messages(2, { 'last-event-id': String(second?.id) });
    expect(rest.map(({ label }) => label)).toEqual(['GET /sns/jscode2session', expect.any(String)]);
  });
});

it('remembers nothing before somebody opens the page', () => {
  const chain = new Chain();
  chain.add({ phone: '', from: 'service', to: 'wechat', label: 'unseen', outcome: 'sent' });
  chain.open();
  expect(chain.since(0)).toEqual([]);
});

it('remembers the last 200 messages', () => {
  const chain = new Chain();
  chain.open();
  for (let i = 0; i < 500; i++) {
    chain.add({ phone: '', from: 'service', to: 'wechat', label: String(i), outcome: 'sent' });
  }
  expect(chain.since(0)).toHaveLength(200);
  expect(chain.since(0).at(-1)).toMatchObject({ id: 500, label: '499' });
});
