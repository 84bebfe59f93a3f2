import { describe, expect, it } from 'vitest';
import { SealerService } from '../../libs/crypto/src/index.js';
import { eventsOf } from '../events/events.js';
import { plantFault } from '../support/fault.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { usePeople } from '../unions/people.js';
import { useMerging } from './merging.js';

describe('a merge that fails in the middle', () => {
  const stack = useStack();
  const people = usePeople(stack);
  const merging = useMerging(stack);

  it.each([
    'UPDATE ON weixin_identities',
    'UPDATE ON weixin_unions',
    'DELETE ON user_phones',
    'INSERT ON user_phones',
    'UPDATE OF merged_into ON users',
    'DELETE ON user_documents',
    'INSERT ON user_documents',
    'UPDATE OF revoked_at ON sessions',
    'INSERT ON auth_events',
  ])('at %s changes no row, and succeeds when it is sent again', async (statement) => {
    const { one, two } = await people.inConflict(`person of ${statement}`);
    await merging.post(one.access, 'mine');
    await merging.post(two.access, 'other');
    await merging.rename(one.access, { nickname: '另一个' });
    const phone = stack
      .service(SealerService)
      .seal('+8613800138000', { table: 'user_phones', column: 'phone', primaryKey: one.user_id });
    await execute(
      stack.databaseUrl,
      `INSERT INTO user_phones VALUES ('${one.user_id}', '${phone}', 'hash', 1, 20000, 1)`,
    );
    await eventsOf(stack);
    const before = await merging.everything();

    const removeFault = await plantFault(stack.databaseUrl, statement);
    const failed = await merging.refusal(two.access, { keep: 'mine' });
    await removeFault();
    expect(failed).toEqual([500, 'internal_error']);
    expect(await merging.everything()).toEqual(before);
    for (const { access } of [one, two]) expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);

    expect((await merging.merge(two.access, { keep: 'mine' })).status).toBe(200);
    expect(await merging.me(two.access)).toMatchObject({ nickname: '另一个' });
    expect((await merging.document(two.access)).body['items']).toEqual(['other']);
  });
});
