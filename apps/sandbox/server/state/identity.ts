import { hash } from 'node:crypto';
import { WEIXIN_APPS } from './apps.js';

/** The user of a login that names none. */
export const DEFAULT_USER = 'alice';

/** One person as one app sees them. */
export interface WeixinIdentity {
  /** The person's name in the sandbox; WeChat's answers do not contain it. */
  user: string;
  appid: string;
  /** 28 characters `[A-Za-z0-9_-]`, begins with `o`, differs from app to app, case-sensitive. */
  openid: string;
  /** Same shape; the same in all apps of one Open Platform account. */
  unionid: string;
}

const OPENID = /^o[A-Za-z0-9_-]{27}$/;

/** Whether this can be an openid at all. */
export function isOpenid(text: string): boolean {
  return OPENID.test(text);
}

/**
 * Who `user` is for the app `appid`. Nothing is stored: the same names give the same ids, in every run.
 * @param appid one of WEIXIN_APPS
 * @param user any name; names that differ in case are different people
 */
export function identityOf(appid: string, user: string): WeixinIdentity {
  const account = WEIXIN_APPS.get(appid)?.openPlatformAccount ?? '';
  return {
    user,
    appid,
    openid: idOf(`openid/${appid}/${user}`),
    unionid: idOf(`unionid/${account}/${user}`),
  };
}

function idOf(subject: string): string {
  return `o${hash('sha256', Buffer.from(subject), 'buffer').toString('base64url').slice(0, 27)}`;
}
