import { TOLERATED_SKEW_MS } from '@app/database';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import type { Evidence } from './evidence.js';

/** What can be wrong with the clock of this machine. */
export const CLOCK_DIAGNOSES = {
  clock_wrong: {
    title: { en: 'The clock of this machine is wrong', zh: '本机时钟不准' },
    cause: {
      en: "It differs from WeChat's by more than 30 seconds. Tokens expire too early or too late, and other back ends refuse them.",
      zh: '与微信服务器的时间相差超过 30 秒。令牌会过早或过晚过期，并被其他后端拒绝。',
    },
    fix: {
      en: 'Switch time synchronisation on: `timedatectl set-ntp true`, chrony, or the one of the host of a virtual machine.',
      zh: '开启时间同步：`timedatectl set-ntp true`、chrony，或虚拟机宿主的时间同步。',
    },
  },
  clocks_differ: {
    title: { en: 'The clocks of this machine and of the database differ', zh: '本机与数据库的时钟不一致' },
    cause: {
      en: 'They differ by more than 30 seconds. Instances whose clocks are more than 60 seconds apart refuse good tokens of each other.',
      zh: '两者相差超过 30 秒。时钟相差超过 60 秒的实例会拒绝彼此签发的有效令牌。',
    },
    fix: {
      en: 'Turn time synchronisation on, on this machine, on that of the database and on those of all instances.',
      zh: '在本机、数据库主机和所有实例的主机上开启时间同步。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Agrees with WeChat's, as the `Date` of its answer says, and with the database's. */
export const clockCheck: Check<Evidence> = {
  title: { en: 'Clock', zh: '时钟' },
  async run(evidence) {
    const [weixin, database] = [await weixinSkewMs(evidence), await databaseSkewMs(evidence)];
    if (weixin === undefined && database === undefined) return 'unchecked';
    return [
      ...findings(CLOCK_DIAGNOSES.clock_wrong, weixin),
      ...findings(CLOCK_DIAGNOSES.clocks_differ, database),
    ];
  },
};

async function weixinSkewMs(evidence: Evidence): Promise<number | undefined> {
  const answer = await evidence.accessToken(evidence.apps[0]);
  const date = 'failure' in answer ? NaN : Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : Date.now() - date;
}

/** The check of the database reports one that cannot be read. */
async function databaseSkewMs(evidence: Evidence): Promise<number | undefined> {
  try {
    return await (await evidence.database())?.clockSkewMs();
  } catch {
    return undefined;
  }
}

function findings(diagnosis: Diagnosis, skewMs = 0): Finding[] {
  if (Math.abs(skewMs) <= TOLERATED_SKEW_MS) return [];
  const seconds = Math.round(skewMs / 1000);
  return [{ diagnosis, about: `${seconds > 0 ? '+' : ''}${seconds} s` }];
}
