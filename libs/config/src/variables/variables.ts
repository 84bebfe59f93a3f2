import type { CleanedEnv, CleanedEnvAccessors } from 'envalid';
import { ACCOUNT_VARIABLES } from './account-variables.js';
import { LIMIT_VARIABLES } from './limit-variables.js';
import { SERVER_VARIABLES } from './server-variables.js';
import { STORAGE_VARIABLES } from './storage-variables.js';
import { TOKEN_VARIABLES } from './token-variables.js';
import { WEIXIN_VARIABLES } from './weixin-variables.js';

/**
 * The one schema of the environment: a row here is a member of `Config`. `docs/config.md` is generated from it: `desc` is the text of the page, `docs` the
 * default in words where it is not a plain value.
 */
export const VARIABLES = {
  ...SERVER_VARIABLES,
  ...STORAGE_VARIABLES,
  ...WEIXIN_VARIABLES,
  ...TOKEN_VARIABLES,
  ...ACCOUNT_VARIABLES,
  ...LIMIT_VARIABLES,
};

/** What the variables are after parsing; `undefined` where one is not set and has no plain default. */
export type Variables = Omit<CleanedEnv<typeof VARIABLES>, keyof CleanedEnvAccessors>;
