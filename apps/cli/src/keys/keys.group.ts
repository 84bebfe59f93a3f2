import type { CommandGroup } from '../program/command-spec.js';
import { list } from './list.command.js';
import { reseal } from './reseal.command.js';
import { retire } from './retire.command.js';
import { rotate } from './rotate.command.js';

/** `passport keys`. */
export const keys: CommandGroup = {
  name: 'keys',
  summary: { en: 'Signing keys of access tokens', zh: 'access token 的签名密钥' },
  commands: [list, rotate, retire, reseal],
};
