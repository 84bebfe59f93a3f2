import { CreateTables1795219200000 } from './1795219200000-create-tables.js';
import { WeixinIdentity1795305600000 } from './1795305600000-weixin-identity.js';

/**
 * The migrations of 0.1.0, which created the tables of several libs. They never change. A later migration belongs to the
 * lib that owns the table.
 */
export const RELEASED_MIGRATIONS = [CreateTables1795219200000, WeixinIdentity1795305600000];
