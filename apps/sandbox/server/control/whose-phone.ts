import { DEFAULT_APPID, WEIXIN_APPS } from '../state/apps.js';
import { DEFAULT_USER } from '../state/identity.js';
import { isPhone } from '../state/phone-number.js';
import { type Member, oneOf, text, withDefault } from './members.js';

/** The app of a developer's call. */
export const AN_APP = withDefault(oneOf([...WEIXIN_APPS.keys()]), DEFAULT_APPID);
/** The person of a developer's call, by any name. */
export const A_USER = withDefault(text(1, 64), DEFAULT_USER);

/** A phone number as the developer writes it. */
export const A_PHONE: Member<string> = {
  allowed: 'digits, as 13800138000, or a country code and digits, as "+852 61234567"',
  is: (value): value is string => typeof value === 'string' && isPhone(value),
};

/** Whom the phone belongs to, and which mini-program it has open. */
export const WHOSE_PHONE = { appid: AN_APP, user: A_USER };
