import { Badge } from '../../parts/badge.js';
import { shortId } from '../../parts/id.js';
import { Table } from '../../parts/table.js';
import { Tags } from '../../parts/tags.js';
import { Time } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';
import type { ServiceAccount } from './service-account.js';

const words = texts.accounts;

interface Props {
  items: readonly ServiceAccount[];
  onAct: (open: { act: 'rotate' | 'revoke'; account: ServiceAccount }) => void;
}

/** The accounts, revoked ones included. */
export function AccountTable({ items, onAct }: Props) {
  return (
    <div class="card flush">
      <Table
        label={words.title}
        rows={items}
        keyOf={({ client_id }) => client_id}
        columns={[
          {
            head: words.columns.name,
            cell: ({ name, client_id }) => (
              <>
                <bdi>{name}</bdi>
                <code class="second">{shortId(client_id)}</code>
              </>
            ),
          },
          { head: words.columns.scopes, cell: ({ scopes }) => <Tags values={scopes} /> },
          { head: words.columns.apps, cell: ({ apps }) => <Tags values={apps} /> },
          {
            head: words.columns.state,
            cell: ({ revoked_at, live_secrets, rotated_at, created_at }) => (
              <>
                {revoked_at === undefined ? (
                  <Badge tone="good" text={words.live(live_secrets)} />
                ) : (
                  <Badge tone="quiet" text={words.revoked} />
                )}
                <span class="second">
                  <Time at={revoked_at ?? rotated_at ?? created_at} />
                </span>
              </>
            ),
          },
          {
            head: words.columns.acts,
            kind: 'act',
            cell: (account) => account.revoked_at === undefined && <Acts account={account} onAct={onAct} />,
          },
        ]}
      />
    </div>
  );
}

function Acts({ account, onAct }: { account: ServiceAccount } & Pick<Props, 'onAct'>) {
  return (
    <span class="buttons">
      <button
        type="button"
        class="small"
        aria-label={words.rotateTitle(account.name)}
        onClick={() => onAct({ act: 'rotate', account })}
      >
        {words.rotate}
      </button>
      <button
        type="button"
        class="danger quiet small"
        aria-label={words.revokeTitle(account.name)}
        onClick={() => onAct({ act: 'revoke', account })}
      >
        {words.revoke}
      </button>
    </span>
  );
}
