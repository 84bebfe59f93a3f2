import { Card } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';
import type { Invitation } from './operator.js';

const words = texts.operators;

interface Props {
  items: readonly Invitation[];
  onWithdraw: (name: string) => void;
}

/** The invitations that were not accepted yet; nothing if there are none. */
export function PendingInvitations({ items, onWithdraw }: Props) {
  if (items.length === 0) return null;
  return (
    <Card title={words.pending}>
      <Table
        label={words.pending}
        rows={items}
        keyOf={({ name }) => name}
        columns={[
          { head: words.columns.name, kind: 'wide', cell: ({ name }) => <bdi>{name}</bdi> },
          { head: words.columns.role, cell: ({ role }) => texts.common.roles[role] },
          { head: words.expires, cell: ({ expires_at }) => <Time at={expires_at} /> },
          {
            head: words.columns.acts,
            kind: 'act',
            cell: ({ name }) => (
              <button
                type="button"
                class="danger quiet small"
                aria-label={words.withdrawTitle(name)}
                onClick={() => onWithdraw(name)}
              >
                {words.withdraw}
              </button>
            ),
          },
        ]}
      />
    </Card>
  );
}
