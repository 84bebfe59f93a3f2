import type { CommandGroup } from '../program/command-spec.js';
import { cancelDeletion } from './cancel-deletion.command.js';
import { checkSessionKey } from './check-session-key.command.js';
import { claims } from './claims.command.js';
import { deleteUser } from './delete.command.js';
import { disable } from './disable.command.js';
import { enable } from './enable.command.js';
import { exportUser } from './export.command.js';
import { findPhone } from './find-phone.command.js';
import { replayDeletions } from './replay-deletions.command.js';
import { resetSessionKey } from './reset-session-key.command.js';
import { setClaims } from './set-claims.command.js';
import { show } from './show.command.js';

/** `passport users`. */
export const users: CommandGroup = {
  name: 'users',
  summary: {
    en: 'One user, by id or phone number; export and deletion',
    zh: '按 id 或手机号查询、停用、导出、注销用户',
  },
  commands: [
    show,
    disable,
    enable,
    claims,
    setClaims,
    findPhone,
    exportUser,
    deleteUser,
    cancelDeletion,
    replayDeletions,
    checkSessionKey,
    resetSessionKey,
  ],
};
