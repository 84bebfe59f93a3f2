import type { CommandGroup } from '../program/command-spec.js';
import { create } from './create.command.js';
import { deliveries } from './deliveries.command.js';
import { list } from './list.command.js';
import { remove } from './remove.command.js';
import { replay } from './replay.command.js';
import { rotate } from './rotate.command.js';
import { test } from './test.command.js';

/** `passport webhooks`. */
export const webhooks: CommandGroup = {
  name: 'webhooks',
  summary: { en: 'Events that are sent to other back ends', zh: '发送给其他后端的事件' },
  commands: [create, list, test, rotate, deliveries, replay, remove],
};
