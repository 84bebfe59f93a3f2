import type { Check, Diagnosis } from './diagnosis.js';
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
} as const satisfies Record<string, Diagnosis>;

const TOLERATED_SECONDS = 30;

/** Agrees with WeChat's, as the `Date` of its answer tells. */
export const clockCheck: Check<Evidence> = {
  title: { en: 'Clock', zh: '时钟' },
  async run(evidence) {
    const answer = await evidence.accessToken(evidence.apps[0]);
    const date = 'failure' in answer ? NaN : Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(date)) return 'unchecked';
    const seconds = Math.round((Date.now() - date) / 1000);
    if (Math.abs(seconds) <= TOLERATED_SECONDS) return [];
    return [{ diagnosis: CLOCK_DIAGNOSES.clock_wrong, about: `${seconds > 0 ? '+' : ''}${seconds} s` }];
  },
};
