import { CreateTables1795219200000 } from './1795219200000-create-tables.js';
import { WeixinIdentity1795305600000 } from './1795305600000-weixin-identity.js';
import { SessionParent1795392000000 } from './1795392000000-session-parent.js';

/** Every migration, oldest first. A released one never changes. */
export const MIGRATIONS = [
  CreateTables1795219200000,
  WeixinIdentity1795305600000,
  SessionParent1795392000000,
];
