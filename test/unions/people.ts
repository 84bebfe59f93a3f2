import { Database } from '../../libs/database/src/index.js';
import { WeixinIdentitiesService, type WeixinExchange } from '../../libs/users/src/index.js';
import { rows } from '../support/rows.js';
import type { useStack } from '../support/stack.js';

/** The sandbox's mini-programs, bound to one Open Platform account. */
export const [ONE, TWO] = ['wxsandbox000000001', 'wxsandbox000000002'] as const;

type Stack = ReturnType<typeof useStack>;

/** What two mini-programs know of people, and what the service stores of it. */
export function usePeople(stack: Stack) {
  return {
    /** Creates the two users of one person who used the mini-programs while WeChat returned no unionid. */
    async apart(user: string) {
      await Promise.all([stack.bind(ONE, false), stack.bind(TWO, false)]);
      const [one, two] = [await stack.loggedIn(user, ONE), await stack.loggedIn(user, TWO)];
      await Promise.all([stack.bind(ONE, true), stack.bind(TWO, true)]);
      return { one, two };
    },
    /** The same, after a login through each app has returned the unionid: tokens of the latest logins. */
    async inConflict(user: string) {
      await this.apart(user);
      return { one: await stack.loggedIn(user, ONE), two: await stack.loggedIn(user, TWO) };
    },
    /** What WeChat's answer does to the tables, for answers the sandbox would not give. */
    signIn: (exchange: Partial<WeixinExchange>) =>
      stack.service(Database).write((manager) =>
        stack.service(WeixinIdentitiesService).signIn(manager, {
          appid: ONE,
          openid: 'o-stranger',
          sessionKey: 'AAAAAAAAAAAAAAAAAAAAAA==',
          startedAt: Date.now(),
          ...exchange,
        }),
      ),
    identitiesOf: (userId: string) =>
      rows<{ appid: string; openid: string; unionid: string | null; session_key: string }>(
        stack.databaseUrl,
        `SELECT * FROM weixin_identities WHERE user_id = '${userId}' ORDER BY appid`,
      ),
    async ownerOf(unionid: string | null | undefined): Promise<string | undefined> {
      const found = await rows<{ user_id: string }>(
        stack.databaseUrl,
        `SELECT user_id FROM weixin_unions WHERE unionid = '${String(unionid)}'`,
      );
      return found[0]?.user_id;
    },
    async count(table: string): Promise<number> {
      return Number((await rows(stack.databaseUrl, `SELECT count(*) AS n FROM ${table}`))[0]?.['n']);
    },
  };
}
