import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';
import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';

const DATA = { path: '/api/weixin/data/' };
const stack = useStack();

async function open(user?: string, timeoutMs?: number) {
  const phone = new Phone(stack, user);
  const app = launch(phone, timeoutMs);
  await app.ready();
  phone.network.sent.length = 0;
  return { phone, app };
}

describe('a request', () => {
  it('before the login waits for it', async () => {
    const phone = new Phone(stack);
    const { body } = await launch(phone).request({ path: '/api/me' });
    expect(body).toHaveProperty('user_id');
  });

  it('fails with the code of the service, which the user can read in Chinese', async () => {
    const { app } = await open();
    const failure: unknown = await app
      .request({ method: 'PUT', path: '/api/me', body: { nickname: 7 } })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Problem', status: 400, code: 'validation_failed' });
    expect(app.explain(failure)).toBe('内容不符合要求，请修改后重试');
    expect(app.explain(new TypeError())).toBe('出了点问题，请重试');
  });

  it('is resent once after a 401; the second one goes to the caller', async () => {
    const { phone, app } = await open();
    const call = { method: 'POST', path: '/api/token/verify/', body: { token: 'x' } } as const;
    await expect(app.request(call)).rejects.toMatchObject({ status: 401, code: 'token_invalid' });
    expect(phone.network.to(call.path)).toHaveLength(2);
  });

  it('is not resent after a 401 about a login code, which works once', async () => {
    const { phone, app } = await open();
    const call = {
      method: 'POST',
      path: '/api/me/merge',
      body: { keep: 'mine', code: 'x'.repeat(32) },
    } as const;
    await expect(app.request(call)).rejects.toMatchObject({ status: 401, code: 'login_code_invalid' });
    expect(phone.network.sent.map(({ path }) => path)).toEqual([call.path]);
  });

  it('finds a header in any case of its name', async () => {
    const { app } = await open('headers');
    for (let n = 0; n < 3; n++) expect((await app.request(DATA)).headers['etag']).toBe('"0"');
  });

  it('takes an answer without a body', async () => {
    const { app } = await open();
    await expect(app.request({ method: 'DELETE', path: '/api/sessions' })).resolves.toMatchObject({
      body: {},
    });
  });

  it('waits where WeChat would refuse the eleventh', async () => {
    const { phone, app } = await open();
    await Promise.all(Array.from({ length: 25 }, () => app.request(DATA)));
    expect(phone.network.to(DATA.path).map(({ status }) => status)).toEqual(Array(25).fill(200));
  });

  it('meant for one user is not sent in the name of another', async () => {
    const { phone, app } = await open();
    const call = { ...DATA, method: 'POST', body: { items: [] }, userId: 'another' } as const;
    await expect(app.request(call)).rejects.toMatchObject({ code: 'user_changed' });
    expect(phone.network.sent).toEqual([]);
  });

  it('that takes longer than the limit fails, and is not tried again', async () => {
    const { phone, app } = await open('patient', 2000);
    phone.network.weather = 4000;
    await expect(app.request(DATA)).rejects.toMatchObject({ code: 'network_timeout', status: 0 });
    expect(phone.network.sent).toHaveLength(1);
  });

  it.each([
    { status: 200, body: '<html>please log in to this Wi-Fi</html>' },
    { status: 404, body: '<html>nginx</html>' },
  ])('that a proxy answered (%o) is unreadable', async (weather) => {
    const { phone, app } = await open();
    phone.network.weather = weather;
    const { status } = weather;
    await expect(app.request(DATA)).rejects.toMatchObject({ code: 'answer_unreadable', status });
  });
});

describe('trying again', () => {
  const failing = (phone: Phone, weather: Phone['network']['weather'], times: number) => {
    phone.network.weather = weather;
    let left = times;
    phone.network.beforeSending = () => {
      if (--left <= 0) phone.network.weather = 'fine';
      return undefined;
    };
  };

  it('happens up to twice for GET', async () => {
    const { phone, app } = await open();
    failing(phone, 'lossy', 2);
    await app.request(DATA);
    expect(phone.network.sent).toHaveLength(3);
  });

  it('ends after that', async () => {
    const { phone, app } = await open();
    phone.network.weather = 'offline';
    await expect(app.request(DATA)).rejects.toMatchObject({ code: 'network_failed', status: 0 });
    expect(phone.network.sent).toHaveLength(3);
  });

  it.each(['POST', 'PUT', 'DELETE'] as const)(
    'never happens for %s, which the service may have done',
    async (method) => {
      const { phone, app } = await open();
      phone.network.weather = 'lossy';
      await expect(app.request<object>({ method, path: '/api/me/x' })).rejects.toMatchObject({
        code: 'network_failed',
      });
      expect(phone.network.sent).toHaveLength(1);
    },
  );

  it('waits for the time in Retry-After', async () => {
    const { phone, app } = await open();
    failing(phone, { status: 503, body: '', headers: { 'RETRY-AFTER': '1' } }, 1);
    const start = performance.now();
    await app.request(DATA);
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  it.each([
    ['30', 30],
    ['86400', 60],
    ['Thu, 26 Nov 2026 10:00:20 GMT', 20],
    ['Thu, 26 Nov 2026 11:00:00 GMT', 60],
    ['tomorrow', undefined],
  ])('is left to the caller if Retry-After is long, a minute at most: %s', async (header, seconds) => {
    const { phone, app } = await open();
    phone.network.weather = {
      status: 429,
      body: '{"code":"rate_limited"}',
      headers: { 'retry-after': header, date: 'Thu, 26 Nov 2026 10:00:00 GMT' },
    };
    const failure = (await app.request(DATA).catch((error: unknown) => error)) as {
      retryAfterSeconds: number;
    };
    expect(failure).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(failure.retryAfterSeconds).toBe(seconds);
    expect(phone.network.sent).toHaveLength(seconds === undefined ? 3 : 1);
  });
});

describe('an upload', () => {
  it('goes out as a form in the user’s name, and its problem is typed', async () => {
    const { phone, app } = await open();
    const upload = app.upload({ path: '/api/me/picture', filePath: 'http://tmp/1.png', name: 'picture' });
    await expect(upload).rejects.toMatchObject({ code: 'not_found', status: 404 });
    expect(phone.network.sent[0]?.header['authorization']).toMatch(/^Bearer /);
  });

  it('reads the text of the answer as JSON', async () => {
    const { phone, app } = await open();
    phone.network.weather = { status: 200, body: '{"url":"https://pictures.example.com/1.png"}' };
    const { body } = await app.upload({ path: '/upload', filePath: 'http://tmp/1.png', name: 'picture' });
    expect(body).toEqual({ url: 'https://pictures.example.com/1.png' });
  });
});
