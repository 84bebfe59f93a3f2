import { TOLERATED_SKEW_MS } from '@app/database';
import type { Check, Diagnosis, Finding } from './diagnosis.js';
import type { DoctorContext } from './doctor-context.js';

/** Faults of the clock of this machine. */
export const CLOCK_DIAGNOSES = {
  clock_wrong: {
    title: { en: 'The clock of this machine is wrong', zh: '本机时钟不准' },
    cause: {
      en: "It differs from WeChat's clock by more than 30 seconds. Tokens expire too early or too late, and other back ends refuse them.",
      zh: '与微信服务器的时间相差超过 30 秒。令牌会过早或过晚过期，并被其他后端拒绝。',
    },
    fix: {
      en: 'Enable time synchronisation: `timedatectl set-ntp true`, chrony, or that of the host of a virtual machine.',
      zh: '开启时间同步：`timedatectl set-ntp true`、chrony，或虚拟机宿主的时间同步。',
    },
  },
  clocks_differ: {
    title: { en: 'The clocks of this machine and of the database differ', zh: '本机与数据库的时钟不一致' },
    cause: {
      en: 'They differ by more than 30 seconds. Instances whose clocks differ by more than 60 seconds refuse valid tokens of each other.',
      zh: '两者相差超过 30 秒。时钟相差超过 60 秒的实例会拒绝彼此签发的有效令牌。',
    },
    fix: {
      en: 'Enable time synchronisation on this machine, on the database server and on the machines of all instances.',
      zh: '在本机、数据库主机和所有实例的主机上开启时间同步。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** Compares the clock with WeChat's, by the `Date` of its answer, and with the database's. */
export const clockCheck: Check<DoctorContext> = {
  title: { en: 'Clock', zh: '时钟' },
  async run(context) {
    const [weixin, database] = [await weixinSkewMs(context), await databaseSkewMs(context)];
    if (weixin === undefined && database === undefined) return 'unchecked';
    return [
      ...findings(CLOCK_DIAGNOSES.clock_wrong, weixin),
      ...findings(CLOCK_DIAGNOSES.clocks_differ, database),
    ];
  },
};

async function weixinSkewMs(context: DoctorContext): Promise<number | undefined> {
  const [app] = context.apps;
  if (!app) return undefined;
  const answer = await context.accessToken(app);
  const date = 'failure' in answer ? NaN : Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : Date.now() - date;
}

/** The check of the database reports a database that cannot be read. */
async function databaseSkewMs(context: DoctorContext): Promise<number | undefined> {
  try {
    return await (await context.database())?.clockSkewMs();
  } catch {
    return undefined;
  }
}

function findings(diagnosis: Diagnosis, skewMs = 0): Finding[] {
  if (Math.abs(skewMs) <= TOLERATED_SKEW_MS) return [];
  const seconds = Math.round(skewMs / 1000);
  return [{ diagnosis, about: `${seconds > 0 ? '+' : ''}${seconds} s` }];
}
