import { WeixinIdentity } from '@app/users';
import type { Check, Diagnosis } from './diagnosis.js';
import { type DoctorContext, nameOf } from './doctor-context.js';

/** Faults of unionids. */
export const UNIONID_DIAGNOSES = {
  unionid_missing: {
    isHint: true,
    title: { en: 'WeChat returns no unionid', zh: '微信未返回 unionid' },
    cause: {
      en: 'Users have logged in through this mini-program, but none of them has a unionid: the mini-program is not bound to an Open Platform account.',
      zh: '已有用户通过该小程序登录，但都没有 unionid：该小程序没有绑定微信开放平台账号。',
    },
    fix: {
      en: 'Bind all mini-programs to one account at open.weixin.qq.com. Only then is one person one user in all of them.',
      zh: '请在 open.weixin.qq.com 把所有小程序绑定到同一个开放平台账号，这样同一个人在各小程序中才是同一个用户。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Checks whether the users of each app have unionids. */
export const unionidCheck: Check<DoctorContext> = {
  title: { en: 'unionid', zh: 'unionid' },
  async run(context) {
    const counts = await countsByAppid(context);
    if (!counts) return 'unchecked';
    const apps = context.apps.filter(({ appid }) => counts.has(appid));
    const without = apps.filter(({ appid }) => counts.get(appid) === 0);
    // A unionid joins the identities of several apps: a single app does not need one.
    if (apps.length === 0 || (context.apps.length === 1 && without.length === 1)) return 'unused';
    return without.map((app) => ({ diagnosis: UNIONID_DIAGNOSES.unionid_missing, about: nameOf(app) }));
  },
};

/** Returns how many unionids each app has; an app without logins is absent. */
async function countsByAppid(context: DoctorContext): Promise<ReadonlyMap<string, number> | undefined> {
  try {
    const database = await context.database();
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
