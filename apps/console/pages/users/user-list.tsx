import type { User } from '../../api/types.js';
import { usePages } from '../../state/use-pages.js';
import { ListOf } from '../../parts/list-of.js';
import { texts } from '../../texts/texts.js';
import { UserTable } from './user-table.js';

/** The users whose nickname or id begins with a text. */
export function UserList({ q, state }: { q: string; state: string }) {
  const query = new URLSearchParams({ ...(q !== '' && { q }), ...(state !== '' && { state }) });
  const pages = usePages<User>(`/users?${query}`);
  return (
    <ListOf pages={pages} empty={query.size === 0 ? texts.users.empty : texts.users.nothingFound}>
      {(items) => <UserTable users={items} />}
    </ListOf>
  );
}
