import { expect, it } from 'vitest';
import { explain, readPort } from './port.js';

it.each([undefined, ''])('takes 8001 where SANDBOX_PORT is %j', (text) => {
  expect(readPort(text)).toBe(8001);
});

it.each([
  ['0', 0],
  ['8101', 8101],
  ['65535', 65_535],
])('takes %j as the port it says', (text, port) => {
  expect(readPort(text)).toBe(port);
});

it.each(['65536', '-1', '80 01', '0x50', '8001.5', 'http', '123456'])('refuses %j by name', (text) => {
  expect(() => readPort(text)).toThrow(`SANDBOX_PORT must be an integer from 0 to 65535, not "${text}"`);
});

it('says in one line which port is in use', () => {
  const error = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 8001 });
  expect(explain(error)).toBe('port 8001 is in use; set SANDBOX_PORT to a free one');
});
