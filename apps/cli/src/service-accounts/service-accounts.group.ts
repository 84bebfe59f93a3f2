import type { CommandGroup } from '../program/command-spec.js';
import { create } from './create.command.js';
import { list } from './list.command.js';
import { revoke } from './revoke.command.js';
import { rotate } from './rotate.command.js';

/** `passport service-accounts`. */
export const serviceAccounts: CommandGroup = {
  name: 'service-accounts',
  summary: {
    en: 'Back ends that call the admin listener',
    zh: '可调用管理端口的后端服务账号',
  },
  commands: [create, list, rotate, revoke],
};
