import { DEFAULT_APPID, WEIXIN_APPS } from '../state/apps.js';
import { DEFAULT_USER } from '../state/identity.js';
import { oneOf, text, withDefault } from './members.js';

/** The app of a developer's call. */
export const AN_APP = withDefault(oneOf([...WEIXIN_APPS.keys()]), DEFAULT_APPID);
/** The person of a developer's call, by any name. */
export const A_USER = withDefault(text(1, 64), DEFAULT_USER);

/** Whom the phone belongs to, and which mini-program it has open. */
export const WHOSE_PHONE = { appid: AN_APP, user: A_USER };
