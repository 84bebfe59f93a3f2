import type { ProfileResponse } from 'weapp-passport-client';
import { passport } from '../passport';
import { readIfPossible, userKey, write } from '../storage';

/** The profile of the user at the service. */
export interface Profile {
  nickname: string;
  /** Masked, such as `138****5678`; `''` if none is bound. */
  phone: string;
  avatarUrl: string;
}

const NAME = 'profile';
const PATH = '/api/me';

/** Returns the profile that this phone last received; undefined if there is none. */
export function knownProfile(userId: string): Profile | undefined {
  return readIfPossible(userKey(NAME, userId)) as Profile | undefined;
}

/**
 * Requests the profile from the service.
 * @throws {Problem} as `request`
 */
export async function loadProfile(userId: string): Promise<Profile> {
  const { body } = await passport.request({ path: PATH, userId });
  return keep(userId, body);
}

/**
 * Sets the nickname; an empty one removes it.
 * @throws {Problem} `validation_failed`, `nickname_refused`, or as `request`
 */
export async function saveNickname(userId: string, nickname: string): Promise<Profile> {
  const { body } = await passport.request({
    method: 'PUT',
    path: PATH,
    userId,
    body: { nickname: nickname === '' ? null : nickname },
  });
  return keep(userId, body);
}

/**
 * Sets the address of the avatar.
 * @throws {Problem} `validation_failed` for a host that is not one of `AVATAR_HOSTS`, or as `request`
 */
export async function saveAvatarUrl(userId: string, avatarUrl: string): Promise<Profile> {
  const { body } = await passport.request({
    method: 'PUT',
    path: PATH,
    userId,
    body: { avatar_url: avatarUrl },
  });
  return keep(userId, body);
}

/**
 * Binds the phone number of a `getPhoneNumber` code, which can be used once.
 * @throws {Problem} `phone_code_invalid`, `phone_bindings_exhausted`, or as `request`
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
 */
export async function bindPhone(userId: string, code: string): Promise<Profile> {
  await passport.request({ method: 'POST', path: `${PATH}/phone`, userId, body: { code } });
  return loadProfile(userId);
}

function keep(userId: string, { nickname, phone, avatar_url }: ProfileResponse): Profile {
  const profile = { nickname: nickname ?? '', phone: phone ?? '', avatarUrl: avatar_url ?? '' };
  write(userKey(NAME, userId), profile);
  return profile;
}
