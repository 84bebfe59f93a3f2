import { useState } from 'preact/hooks';
import type { List } from '../../api/types.js';
import { useSession } from '../../state/session.js';
import { useResource } from '../../state/use-resource.js';
import { Loaded } from '../../parts/loaded.js';
import { OnceDialog } from '../../parts/once-dialog.js';
import { Page } from '../../parts/page.js';
import { Table } from '../../parts/table.js';
import { Ago, Time } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';
import type { Invitation, Operator, OperatorLink } from './operator.js';
import { InviteDialog, RemoveDialog, ResetDialog, WithdrawDialog } from './operator-dialogs.js';
import { PendingInvitations } from './pending-invitations.js';

const words = texts.operators;

type Open =
  { act: 'invite' } | { act: 'withdraw'; name: string } | { act: 'reset' | 'remove'; operator: Operator };

/** The people who may use this console. */
export function OperatorsPage() {
  const operators = useResource<List<Operator>>('/operators');
  const invitations = useResource<List<Invitation>>('/operators/invitations');
  const [open, setOpen] = useState<Open>();
  const [link, setLink] = useState<OperatorLink>();
  const close = () => setOpen(undefined);
  const done = async (made?: OperatorLink) => {
    close();
    setLink(made);
    await Promise.all([operators.reload(), invitations.reload()]);
  };
  return (
    <Page
      title={words.title}
      actions={
        <button type="button" class="primary" onClick={() => setOpen({ act: 'invite' })}>
          {words.invite}
        </button>
      }
    >
      <Loaded of={operators}>{({ items }) => <Operators items={items} onAct={setOpen} />}</Loaded>
      <Loaded of={invitations}>
        {({ items }) => (
          <PendingInvitations items={items} onWithdraw={(name) => setOpen({ act: 'withdraw', name })} />
        )}
      </Loaded>
      {open?.act === 'invite' && <InviteDialog done={done} close={close} />}
      {open?.act === 'withdraw' && <WithdrawDialog name={open.name} done={done} close={close} />}
      {open?.act === 'reset' && <ResetDialog operator={open.operator} done={done} close={close} />}
      {open?.act === 'remove' && <RemoveDialog operator={open.operator} done={done} close={close} />}
      {link && (
        <OnceDialog
          title={words.linkTitle}
          text={words.linkText}
          values={[[words.link, `${location.origin}/#/invitation/${link.link_token}`]]}
          onClose={() => setLink(undefined)}
        />
      )}
    </Page>
  );
}

function Operators({ items, onAct }: { items: readonly Operator[]; onAct: (open: Open) => void }) {
  const { operator: me } = useSession();
  return (
    <div class="card flush">
      <Table
        label={words.title}
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          {
            head: words.columns.name,
            kind: 'wide',
            cell: ({ id, name }) => (
              <>
                <bdi>{name}</bdi> {id === me.id && <span class="muted">({words.me})</span>}
              </>
            ),
          },
          { head: words.columns.role, cell: ({ role }) => texts.common.roles[role] },
          { head: words.columns.created, cell: ({ created_at }) => <Time at={created_at} to="day" /> },
          {
            head: words.columns.seen,
            cell: ({ last_seen_at }) =>
              last_seen_at === undefined ? words.never : <Ago at={last_seen_at} />,
          },
          {
            head: words.columns.acts,
            kind: 'act',
            cell: (operator) => (
              <span class="buttons">
                <button
                  type="button"
                  class="small"
                  aria-label={words.resetTitle(operator.name)}
                  onClick={() => onAct({ act: 'reset', operator })}
                >
                  {words.reset}
                </button>
                <button
                  type="button"
                  class="danger quiet small"
                  aria-label={words.removeTitle(operator.name)}
                  onClick={() => onAct({ act: 'remove', operator })}
                >
                  {words.remove}
                </button>
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
