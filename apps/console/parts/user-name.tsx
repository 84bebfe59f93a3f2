import type { User } from '../api/types.js';
import { texts } from '../texts/texts.js';
import { shortId } from './id.js';

/** Returns what a dialog calls a user: the nickname, else the id. */
export const nameOf = ({ nickname, id }: Pick<User, 'nickname' | 'id'>) => nickname ?? shortId(id);

/** The first character of the nickname in a circle. The picture at WeChat is not loaded: a request would show others who is looked at. */
export function Initial({ nickname }: Pick<User, 'nickname'>) {
  return (
    <span class="initial" aria-hidden="true">
      {Array.from(nickname ?? '?')[0]}
    </span>
  );
}

/** The nickname of a user, or that there is none. */
export function Nickname({ nickname }: Pick<User, 'nickname'>) {
  return nickname === null ? <span class="muted">{texts.users.noNickname}</span> : <bdi>{nickname}</bdi>;
}
