import { randomBytes, randomInt } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import type { Answer } from '../support/http.js';
import { rows } from '../support/rows.js';
import type { useStack } from '../support/stack.js';

type Stack = ReturnType<typeof useStack>;

export const APPID = 'wxsandbox000000001';
export const KEYS = {
  token: 'sandboxPushToken',
  encodingAesKey: 'sandboxEncodingAESKeyOfTheFirstMiniProgramA',
};

export type Mode = 'plain' | 'compatible' | 'safe';
export type Format = 'xml' | 'json';

/** The members of a push by their names. */
export type Members = Readonly<Record<string, string | number>>;

/** How a push is made; by default as WeChat does in safe mode with XML. */
export interface Making {
  mode?: Mode;
  format?: Format;
  appid?: string;
  /** The appid inside the encrypted content. */
  sealedAppid?: string;
  token?: string;
  encodingAesKey?: string;
  timestamp?: string;
  nonce?: string;
  contentType?: string;
  /** Changes the query after it was signed. */
  query?: Readonly<Record<string, string | undefined>>;
  /** Changes the ciphertext after it was signed. */
  respell?: (encrypted: string) => string;
}

/** A push, ready to be sent. */
export interface MadePush {
  readonly path: string;
  readonly body: string;
  readonly contentType: string;
}

/** Writes members as WeChat does. */
export function written(members: Members, format: Format): string {
  if (format === 'json') return JSON.stringify(members);
  const elements = Object.entries(members).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>\n${elements.join('\n')}\n</xml>`;
}

/** Makes a push with an implementation that is not this service's: `@wecom/crypto`. */
export function makePush(content: Members | string, making: Making = {}): MadePush {
  const { mode = 'safe', format = 'xml', appid = APPID, token = KEYS.token } = making;
  const { timestamp = String(Math.floor(Date.now() / 1000)), nonce = String(randomInt(1e9)) } = making;
  const text = typeof content === 'string' ? content : written(content, format);
  const signature = getSignature(token, timestamp, nonce, '');
  const query = { signature, timestamp, nonce, openid: 'o-in-the-query', ...making.query };
  const path = (all: object) =>
    `/api/weixin/push/${appid}?${new URLSearchParams(JSON.parse(JSON.stringify(all)) as Record<string, string>).toString()}`;
  const contentType = making.contentType ?? (format === 'xml' ? 'text/xml' : 'application/json');
  if (mode === 'plain') return { path: path(query), body: text, contentType };
  const encrypted = encrypt(
    making.encodingAesKey ?? KEYS.encodingAesKey,
    text,
    making.sealedAppid ?? appid,
    randomBytes(16),
  );
  const sealed = { ToUserName: 'gh_0123456789ab', Encrypt: making.respell?.(encrypted) ?? encrypted };
  const open = mode === 'compatible' && typeof content !== 'string' ? content : {};
  return {
    path: path({
      signature,
      timestamp,
      nonce,
      openid: 'o-in-the-query',
      encrypt_type: 'aes',
      msg_signature: getSignature(token, timestamp, nonce, encrypted),
      ...making.query,
    }),
    body: written({ ...open, ...sealed }, format),
    contentType,
  };
}

/** Sends a push to the service of a stack. */
export const send = (stack: Stack, { path, body, contentType }: MadePush): Promise<Answer> =>
  stack.call(path, { method: 'POST', body, headers: { 'content-type': contentType } });

/** A person with nickname, avatar and phone number. */
export interface Known {
  /** The name in the sandbox. */
  user: string;
  openid: string;
  userId: string;
  token: string;
  /** The profile as the person sees it. */
  profile: () => Promise<Record<string, unknown>>;
}

let people = 0;

/** Logs a new person in, who gives nickname, avatar and phone number. */
export async function knownPerson(stack: Stack): Promise<Known> {
  people += 1;
  const user = `push-${people}`;
  const { access: token, user_id: userId } = await stack.loggedIn(user);
  const avatar = 'https://thirdwx.qlogo.cn/mmopen/vi_32/canary/132';
  await stack.call('/api/me', {
    method: 'PUT',
    token,
    json: { nickname: 'canary name', avatar_url: avatar },
  });
  const code = await stack.sandbox('POST', '/sandbox/phone-codes', { user });
  await stack.call('/api/me/phone', { token, json: { code: code.body['code'] } });
  const [identity] = await rows<{ openid: string }>(
    stack.databaseUrl,
    `SELECT openid FROM weixin_identities WHERE user_id = '${userId}'`,
  );
  return {
    user,
    openid: identity?.openid ?? '',
    userId,
    token,
    profile: async () => {
      const { body } = await stack.call('/api/me', { token });
      const { nickname, avatar_url, phone } = body;
      return { nickname, avatar_url, phone };
    },
  };
}

/** The members of an event about authorizations. */
export const eventOf = (openid: string, event: string, more: Members = {}): Members => ({
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'o_of_wechat_itself_000000000',
  CreateTime: Math.floor(Date.now() / 1000),
  MsgType: 'event',
  Event: event,
  OpenID: openid,
  AppID: APPID,
  ...more,
});

/** The event of a withdrawn permission: 6 nickname and avatar, 8 phone number, 19 nickname, 20 avatar. */
export const revoked = (openid: string, revokeInfo: string): Members =>
  eventOf(openid, 'user_authorization_revoke', { RevokeInfo: revokeInfo, PluginID: '', OpenPID: '' });
