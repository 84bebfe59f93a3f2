import { expect, it } from 'vitest';
import { sessionIdsIn } from './ended-news.js';

const ID = '0192f0c1-2b3a-7c4d-8e5f-0123456789ab';

it('reads the sessions that another instance has ended', () => {
  expect(sessionIdsIn(JSON.stringify([ID, ID]))).toEqual([ID, ID]);
});

it.each(['', 'nonsense', 'null', '{}', '"x"', '[1,null,"x",[]]', JSON.stringify(Array(10_001).fill(ID))])(
  'reads nothing in what is no such news: %.20s',
  (text) => {
    expect(sessionIdsIn(text)).toEqual([]);
  },
);
