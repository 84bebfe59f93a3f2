import { expect, it } from 'vitest';
import { readApiUrl } from './api-url.js';

it.each([undefined, ''])('is where npm start runs the service when it is %j', (text) => {
  expect(readApiUrl(text).origin).toBe('http://127.0.0.1:8000');
});

it('follows PORT of the service unless it is set', () => {
  expect(readApiUrl(undefined, '8010').origin).toBe('http://127.0.0.1:8010');
  expect(readApiUrl('http://127.0.0.1:9000', '8010').origin).toBe('http://127.0.0.1:9000');
});

it.each(['http://[::1]:9000', 'https://api.example.test/', 'http://127.0.0.1:8000'])('may be %s', (text) => {
  expect(readApiUrl(text).origin).toBe(text.replace(/\/$/, ''));
});

it.each(['127.0.0.1:8000', 'ftp://x', 'http://x/api', 'http://x/?a', 'nonsense'])('may not be %s', (text) => {
  expect(() => readApiUrl(text)).toThrow('API_URL must be like http://127.0.0.1:8000');
});
