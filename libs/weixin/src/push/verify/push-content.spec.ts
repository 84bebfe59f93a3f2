import { expect, it } from 'vitest';
import { readPush } from './push-content.js';

const read = (text: string) => {
  const members = readPush(Buffer.from(text));
  return members && Object.fromEntries(members);
};

it('reads the elements of XML as texts, trimmed, with CDATA and the five entities of XML', () => {
  const xml = '\n<xml><A><![CDATA[ a<b ]]></A><B>&lt;&amp;&#65;</B><C> 1 </C><D><E>x</E></D><F/></xml>';
  expect(read(xml)).toEqual({ A: 'a<b', B: '<&A', C: '1', F: '' });
});

it('reads the members of JSON as texts, and leaves out lists and objects', () => {
  expect(read('\uFEFF{" A":"a","B":17,"C":[1],"D":{"E":1},"F":null}')).toEqual({ A: 'a', B: '17' });
});

it('refuses bytes that are no UTF-8', () => {
  expect(readPush(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeUndefined();
});

it('has no member that every object has', () => {
  expect(readPush(Buffer.from('{}'))?.get('constructor')).toBeUndefined();
  expect(readPush(Buffer.from('{"__proto__":"x"}'))?.get('__proto__')).toBe('x');
});
