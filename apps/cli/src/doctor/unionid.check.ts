import { WeixinIdentity } from '@app/users';
import { nameOf } from './app-name.js';
import type { Check, Diagnosis } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with unionids. */
export const UNIONID_DIAGNOSES = {
  unionid_missing: {
    isHint: true,
    title: { en: 'WeChat tells no unionid', zh: '微信未返回 unionid' },
    cause: {
      en: 'People have logged in through this mini-program, and none of them has a unionid: it is bound to no Open Platform account.',
      zh: '已有用户通过该小程序登录，但都没有 unionid：该小程序没有绑定微信开放平台账号。',
    },
    fix: {
      en: 'Bind all mini-programs to one account at open.weixin.qq.com: only then one person is one user in all of them.',
      zh: '请在 open.weixin.qq.com 把所有小程序绑定到同一开放平台账号，同一个人才会是同一个用户。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** People of each app have unionids. */
export const unionidCheck: Check<Evidence> = {
  title: { en: 'unionid', zh: 'unionid' },
  async run(evidence) {
    const counts = await countsByAppid(evidence);
    if (!counts) return 'unchecked';
    const apps = evidence.apps.filter(({ appid }) => counts.has(appid));
    const without = apps.filter(({ appid }) => counts.get(appid) === 0);
    // A unionid joins the identities of several apps: a single app does not need one.
    if (apps.length === 0 || (evidence.apps.length === 1 && without.length === 1)) return 'unused';
    return without.map((app) => ({ diagnosis: UNIONID_DIAGNOSES.unionid_missing, about: nameOf(app) }));
  },
};

/** How many unionids each app has; an app without logins is not in it. */
async function countsByAppid(evidence: Evidence): Promise<ReadonlyMap<string, number> | undefined> {
  try {
    const database = await evidence.database();
    if (!database) return undefined;
    const rows = await database.manager
      .createQueryBuilder(WeixinIdentity, 'identity')
      .select(['identity.appid AS appid', 'COUNT(identity.unionid) AS unionids'])
      .groupBy('identity.appid')
      .getRawMany<{ appid: string; unionids: number | string }>();
    return new Map(rows.map(({ appid, unionids }) => [appid, Number(unionids)]));
  } catch {
    return undefined;
  }
}
