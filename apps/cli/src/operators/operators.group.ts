import type { CommandGroup } from '../program/command-spec.js';
import { invite } from './invite.command.js';
import { list } from './list.command.js';
import { remove } from './remove.command.js';
import { reset } from './reset.command.js';
import { withdraw } from './withdraw.command.js';

/** `passport operators`. */
export const operators: CommandGroup = {
  name: 'operators',
  summary: { en: 'People who sign in to the console', zh: '可登录控制台的操作员' },
  commands: [invite, list, withdraw, reset, remove],
};
