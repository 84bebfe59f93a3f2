import type { User } from '../../api/types.js';
import { UserBadge } from '../../parts/badge.js';
import { shortId } from '../../parts/id.js';
import { None } from '../../parts/none.js';
import { Table } from '../../parts/table.js';
import { Tags } from '../../parts/tags.js';
import { Time } from '../../parts/time.js';
import { Initial, Nickname } from '../../parts/user-name.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';

const { columns, title } = texts.users;

export function UserTable({ users }: { users: readonly User[] }) {
  return (
    <div class="card flush">
      <Table
        label={title}
        rows={users}
        keyOf={({ id }) => id}
        columns={[
          {
            head: columns.user,
            kind: 'wide',
            cell: (user) => (
              <a class="person" href={hrefOf('users', user.id)}>
                <Initial nickname={user.nickname} />
                <span>
                  <Nickname nickname={user.nickname} />
                  <code class="muted">{shortId(user.id)}</code>
                </span>
              </a>
            ),
          },
          {
            head: columns.phone,
            cell: ({ phone }) => phone ?? <None />,
          },
          { head: columns.apps, cell: ({ appids }) => <Tags values={appids} /> },
          { head: columns.created, cell: ({ created_at }) => <Time at={created_at} /> },
          { head: columns.state, cell: ({ state }) => <UserBadge state={state} /> },
        ]}
      />
    </div>
  );
}
