import { accounts } from './accounts.js';
import { apps } from './apps.js';
import { common } from './common.js';
import { doctor } from './doctor.js';
import { events } from './events.js';
import { keys } from './keys.js';
import { operators } from './operators.js';
import { overview } from './overview.js';
import { session } from './session.js';
import { user } from './user.js';
import { users } from './users.js';
import { webhooks } from './webhooks.js';

/** The words of the page in English; zh/ has the same in Chinese. */
export const en = {
  accounts,
  apps,
  common,
  doctor,
  events,
  keys,
  operators,
  overview,
  session,
  user,
  users,
  webhooks,
};

export type Texts = typeof en;
