import { expect, it } from 'vitest';
import { parseEndedSessions } from './ended-sessions-message.js';

const ID = '0192f0c1-2b3a-7c4d-8e5f-0123456789ab';

it('returns the session ids of a message', () => {
  expect(parseEndedSessions(JSON.stringify([ID, ID]))).toEqual([ID, ID]);
});

it.each(['', 'nonsense', 'null', '{}', '"x"', '[1,null,"x",[]]', JSON.stringify(Array(10_001).fill(ID))])(
  'returns no session id for text that is no message: %.20s',
  (text) => {
    expect(parseEndedSessions(text)).toEqual([]);
  },
);
