import { SigningKeyStoreService } from '@app/auth';
import type { CommandSpec } from '../program/command-spec.js';
import { inService } from '../program/in-service.js';
import { KEY_LIST_MEMBERS, listKeys } from './key-list.js';

/** `passport keys list`. */
export const list: CommandSpec = {
  name: 'list',
  summary: { en: 'Lists the signing keys and their states', zh: '列出签名密钥及其状态' },
  examples: ['', '--json'],
  members: KEY_LIST_MEMBERS,
  failure: { en: 'the keys cannot be read', zh: '无法读取密钥' },
  run: ({ env }) => inService(env, (get) => listKeys(get(SigningKeyStoreService))),
};
