import { WEIXIN_APPS } from '../state/apps.js';
import type { Errcode } from '../state/errcodes.js';
import type { SandboxState } from '../state/state.js';

/** Why WeChat does not take this appid and secret; undefined where it does. The first thing that is wrong counts. */
export function refuseCredential(state: SandboxState, appid: string, secret: string): Errcode | undefined {
  const app = WEIXIN_APPS.get(appid);
  if (!appid) return 41002;
  if (!app) return 40013;
  if (!secret) return 41004;
  if (secret !== app.secret) return 40125;
  if (state.appModes.of(appid).secretFrozen) return 40243;
  return undefined;
}
