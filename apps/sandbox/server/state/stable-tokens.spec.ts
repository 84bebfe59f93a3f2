import { expect, it, vi, afterEach } from 'vitest';
import { AccessTokens } from './access-tokens.js';
import { StableTokens } from './stable-tokens.js';

afterEach(() => vi.useRealTimers());

it('gives 45011 for the 10,001st call of a minute, and a token again when the minute is over', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const tokens = new StableTokens(new AccessTokens());
  const take = () => tokens.take('wxsandbox000000001', false);
  for (let call = 0; call < 10_000; call += 1) expect(take()).toBeTypeOf('object');
  expect(take()).toBe(45011);
  vi.setSystemTime(Date.now() + 60_001);
  expect(take()).toBeTypeOf('object');
});
